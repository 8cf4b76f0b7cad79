"""Problems of our own as statements alone, with their answers worked out by hand."""

PROBLEMS = [
    # statement, answer, why it is here
    # ---------------------------------------------------------------- motion
    ("A skier slides from rest down a frictionless slope of height H = 40 m and length L = 80 m. Find the speed at the "
     "bottom.", "28.0 m/s", "the slope's length does not matter"),
    ("A car accelerates from rest at 2.0 m/s² for 6.0 s. Find its final speed.", "12.0 m/s", "from rest is a given"),
    ("A train travels 150 km in 2.5 h. What is its average speed?", "60 km/h", "one law, units of the day"),
    ("A cyclist rides at a constant speed of 8.0 m/s. How far does she travel in 45 s?", "360 m", "constant speed"),
    ("A car moving at 20 m/s brakes with a constant deceleration of 5.0 m/s² until it stops. How far does it travel "
     "while braking?", "40 m", "a deceleration has a sign"),
    ("A car increases its speed from 10 m/s to 25 m/s in 6.0 s. What is its acceleration?", "2.5 m/s^2",
     "initial and final speed"),
    ("A stone is dropped from a height of 45 m. How long does it take to reach the ground? Ignore air resistance.",
     "3.03 s", "free fall, g not given"),
    ("A ball is dropped from a height of 20 m. With what speed does it hit the ground? Use g = 10 m/s².", "20 m/s",
     "g as the problem gives it"),
    ("A ball is thrown straight up with an initial speed of 15 m/s. How high does it rise?", "11.5 m", "thrown up"),
    ("A ball is kicked from level ground at 20 m/s at an angle of 30° above the horizontal. What is its horizontal "
     "range? Neglect air resistance.", "35.3 m", "a projectile"),
    ("A stone is thrown horizontally at 12 m/s from a cliff 45 m high. How far from the base of the cliff does it "
     "land?", "36.3 m", "a horizontal throw"),
    ("Convert a speed of 90 km/h to m/s.", "25 m/s", "another unit and nothing else"),
    ("An aeroplane starts from rest and reaches a speed of 70 m/s after 1400 m. Find its acceleration.", "1.75 m/s^2",
     "without the time"),
    ("A sprinter starts from rest with a constant acceleration of 4.0 m/s². How far does he run in the first 2.0 s?",
     "8.0 m", "without the final speed"),
    # ---------------------------------------------------------------- forces
    ("A net force of 12 N acts on a body of mass 3.0 kg. What is its acceleration?", "4.0 m/s^2", "the second law"),
    ("What net force gives a 1200 kg car an acceleration of 2.5 m/s²?", "3000 N", "the mass stands before its noun"),
    ("What is the weight of a 65 kg person on Earth?", "638 N", "g is known"),
    ("A crate of mass 20 kg lies on a horizontal floor. The coefficient of kinetic friction is 0.30. Find the friction "
     "force on the crate as it slides.", "58.9 N", "two laws: the normal force, then friction"),
    ("A spring is stretched by 5.0 cm by a force of 20 N. What is its spring constant?", "400 N/m", "Hooke, cm"),
    ("A car of mass 1000 kg rounds a curve of radius 50 m at 15 m/s. What centripetal force acts on it?", "4500 N",
     "circular motion"),
    ("A ball on a string moves in a circle of radius 0.80 m at a speed of 4.0 m/s. Find its centripetal acceleration.",
     "20 m/s^2", "circular motion without a mass"),
    ("A car of mass 900 kg accelerates from rest to 20 m/s in 8.0 s. What net force acts on it?", "2250 N",
     "two laws: acceleration, then force"),
    ("A block slides down a frictionless slope inclined at 30°. What is its acceleration?", "4.91 m/s^2", "an incline"),
    ("A 5.0 kg block is pulled along a horizontal surface by a horizontal force of 40 N. The friction force is 10 N. "
     "Find the acceleration of the block.", "6.0 m/s^2", "two forces"),
    ("A force of 30 N acts at a distance of 0.25 m from the pivot, at a right angle. What is the torque?", "7.5 N m",
     "a lever arm"),
    ("Find the gravitational force between two masses of 1000 kg and 2000 kg that are 5.0 m apart.", "5.34e-6 N",
     "two masses"),
    # ---------------------------------------------------------------- energy, momentum
    ("A car of mass 1200 kg moves at 72 km/h. What is its kinetic energy?", "240 kJ", "km/h within a square"),
    ("A 2.0 kg book lies on a shelf 1.5 m above the floor. What is its gravitational potential energy?", "29.4 J",
     "a height"),
    ("A force of 50 N pulls a sledge 12 m in the direction of the force. How much work is done?", "600 J", "work"),
    ("A motor does 6000 J of work in 30 s. What is its power?", "200 W", "power"),
    ("A crane lifts a load of 500 kg through a height of 12 m in 20 s. What is its useful power?", "2.94 kW",
     "two laws: energy, then power"),
    ("A spring with a spring constant of 200 N/m is compressed by 0.10 m. How much energy is stored in the spring?",
     "1.0 J", "a spring's energy"),
    ("A machine takes in 800 J of energy and gives out 600 J of useful energy. What is its efficiency?", "0.75",
     "a ratio"),
    ("A ball of mass 0.50 kg moves at 12 m/s. What is its momentum?", "6.0 kg m/s", "momentum"),
    ("A force of 25 N acts on a ball for 0.20 s. What is the impulse?", "5.0 N s", "impulse"),
    ("A 2.0 kg cart moving at 3.0 m/s collides with a 4.0 kg cart at rest and they stick together. What is their "
     "common speed after the collision?", "1.0 m/s", "two bodies"),
    ("A ball of mass 0.15 kg is thrown at 20 m/s. Find its kinetic energy.", "30 J", "thrown, with a mass"),
    ("A pendulum has a length of 1.0 m. What is its period?", "2.01 s", "a pendulum"),
    ("A mass of 0.50 kg hangs on a spring with spring constant 200 N/m and oscillates. What is the period?",
     "0.314 s", "a spring"),
    # ---------------------------------------------------------------- fluids, heat
    ("A block has a mass of 240 g and a volume of 30 cm³. What is its density?", "8000 kg/m^3", "g and cm³"),
    ("A force of 600 N acts on an area of 0.020 m². What is the pressure?", "30 kPa", "pressure"),
    ("What is the pressure due to the water at a depth of 10 m? The density of water is 1000 kg/m³.", "98.1 kPa",
     "a column of water"),
    ("How much heat is needed to warm 2.0 kg of water from 20 °C to 80 °C? The specific heat capacity of water is "
     "4186 J/(kg K).", "502 kJ", "a difference of temperatures"),
    ("How much heat is needed to melt 0.50 kg of ice at 0 °C? The latent heat of fusion is 334000 J/kg.", "167 kJ",
     "melting"),
    ("A gas has a volume of 2.0 L at a pressure of 300 kPa. At constant temperature it expands to 6.0 L. What is its "
     "new pressure?", "100 kPa", "Boyle"),
    ("What is the volume of 2.0 mol of an ideal gas at 300 K and a pressure of 100 kPa?", "0.0499 m^3", "the gas law"),
    ("A steel rail 20 m long is heated by 30 K. Its coefficient of linear expansion is 1.2e-5 1/K. By how much does it "
     "get longer?", "0.0072 m", "expansion"),
    ("Water flows at 2.0 m/s through a pipe with a cross-sectional area of 0.010 m². It then enters a pipe with a "
     "cross-sectional area of 0.0040 m². What is its speed there?", "5.0 m/s", "continuity"),
    # ---------------------------------------------------------------- electricity
    ("A resistor of 12 Ω is connected to a voltage of 6.0 V. What current flows through it?", "0.50 A", "Ohm"),
    ("A current of 2.0 A flows through a resistor of 15 Ω. What is the voltage across it?", "30 V", "Ohm"),
    ("A lamp draws 0.50 A at 230 V. What is its power?", "115 W", "electric power"),
    ("Resistors of 2.0 Ω, 3.0 Ω and 5.0 Ω are connected in series. Find the total resistance.", "10 Ω",
     "three in a row"),
    ("Two resistors of 6.0 Ω and 3.0 Ω are connected in parallel. What is the equivalent resistance?", "2.0 Ω",
     "side by side"),
    ("Resistors of 4.0 Ω and 8.0 Ω are connected in series to a 24 V battery. What current flows?", "2.0 A",
     "two laws"),
    ("What charge passes through a lamp if a current of 0.30 A flows for 5.0 min?", "90 C", "minutes"),
    ("Two charges of 2.0 µC and 3.0 µC are 0.30 m apart. What is the electric force between them?", "0.599 N",
     "Coulomb"),
    ("A heater with a power of 2.0 kW runs for 3.0 h. How much electrical energy does it use?", "21.6 MJ", "kWh"),
    ("A capacitor of 10 µF is charged to 50 V. How much charge does it hold?", "5.0e-4 C", "a capacitor"),
    ("A wire 0.50 m long carries a current of 3.0 A at right angles to a magnetic field of 0.20 T. What force acts on "
     "it?", "0.30 N", "a wire in a field"),
    ("An electron moves at 2.0e6 m/s perpendicular to a magnetic field of 0.010 T. What magnetic force acts on it?",
     "3.2e-15 N", "the charge of the electron is known"),
    ("A transformer has 500 turns on the primary and 100 turns on the secondary. The primary voltage is 230 V. What is "
     "the secondary voltage?", "46 V", "a transformer"),
    ("A copper wire has a length of 10 m, a cross-sectional area of 1.0 mm² and a resistivity of 1.7e-8 Ω m. What is "
     "its resistance?", "0.17 Ω", "mm²"),
    # ---------------------------------------------------------------- waves, optics, modern
    ("A sound wave has a frequency of 440 Hz and a speed of 340 m/s. What is its wavelength?", "0.773 m", "waves"),
    ("A wave has a period of 0.020 s. What is its frequency?", "50 Hz", "a reciprocal"),
    ("A converging lens has a focal length of 10 cm. An object stands 30 cm from the lens. How far from the lens is "
     "the image?", "15 cm", "the thin lens"),
    ("Light passes from air into glass with a refractive index of 1.50. The angle of incidence is 30°. What is the "
     "angle of refraction?", "19.5°", "refraction"),
    ("What is the speed of light in glass with a refractive index of 1.50?", "2.00e8 m/s", "c is known"),
    ("What is the critical angle for light passing from glass with refractive index 1.50 into air?", "41.8°",
     "total reflection"),
    ("What is the energy of a photon with a frequency of 6.0e14 Hz?", "3.98e-19 J", "h is known"),
    ("What is the energy of a photon of wavelength 500 nm?", "3.97e-19 J", "h and c are known"),
    ("A radioactive sample has a half-life of 8.0 days. What fraction is left after 24 days?", "0.125", "halving"),
    ("A sample contains 8.0e10 nuclei of an isotope with a half-life of 6.0 h. How many nuclei are left after 18 h?",
     "1.0e10", "halving"),
    ("What is the rest energy of a mass of 1.0 g?", "8.99e13 J", "E = m c²"),
    ("What is the de Broglie wavelength of an electron moving at 1.0e6 m/s?", "7.27e-10 m",
     "the electron's mass is known"),
    ("Light of wavelength 600 nm falls on a double slit with a slit separation of 0.20 mm. The screen is 2.0 m away. "
     "What is the distance between neighbouring bright fringes?", "6.0 mm", "a double slit"),
    ("A motor with an efficiency of 75 % lifts 80 kg through 12 m in 8.0 s. Find its input power.", "1570 W",
     "a blank before the percent sign"),
    ("A motor lifts a load of 80 kg through 12 m in 8.0 s. Its efficiency is 75%. What power does it draw?", "1570 W",
     "what is drawn is what is put in"),
    ("1.0 kg of water at 90 °C is poured into 3.0 kg of water at 10 °C. What is the final temperature?", "30 °C",
     "one substance, so no specific heat is needed"),
    ("A suitcase is pulled 20 m along the floor by a strap at 50° to the horizontal with a force of 60 N. How much "
     "work is done by the force?", "771 J", "a strap at an angle"),
    ("Two 50 kg spheres have their centres 0.40 m apart. Find the gravitational force between them.", "1.04e-6 N",
     "two equal masses"),
    ("A crane uses 5000 J of electrical energy to do 3500 J of useful work. What is its efficiency?", "0.70",
     "electrical energy is what is put in"),
    ("A spring with a natural length of 12 cm is 18 cm long when a force of 9.0 N pulls on it. Find the spring "
     "constant.", "150 N/m", "two lengths of one spring"),
    ("A sealed flask holds air at 20 °C and 100 kPa. It is heated to 60 °C. What is the new pressure?", "114 kPa",
     "a sealed flask keeps its volume"),
    ("A car moving at 30 m/s slows down at 4.0 m/s² for 5.0 s. What is its speed then?", "10 m/s",
     "then: at the end, no second stage"),
    ("A 1200 kg car goes round a flat bend of radius 50 m at 54 km/h. What friction force is needed to keep it on the "
     "road?", "5400 N", "a flat bend is a circle"),
    ("A coil of 50 turns with an area of 0.020 m² stands at right angles to a magnetic field. The field grows evenly "
     "from 0.10 T to 0.40 T within 0.20 s. What emf is induced?", "1.5 V", "a field in two states"),
    ("Two boys stand on smooth ice and push each other away. One has a mass of 50 kg, the other one of 30 kg. The "
     "heavier boy glides off at 0.60 m/s. How fast is the lighter one?", "1.0 m/s", "the heavier and the lighter"),
    ("A ball with a mass of 0.20 kg hits a wall head-on at 12 m/s and bounces back at 8.0 m/s. How large is the change "
     "of its momentum?", "4.0 kg m/s", "there and back"),
    ("Two villages lie 36 km apart. At the same time two cyclists set out towards each other, one at 20 km/h, the "
     "other at 16 km/h. After what time do they meet?", "1.0 h", "they approach each other"),
    ("A pump lifts 2.0 m³ of water by 9.0 m within 3.0 min. The density of water is 1000 kg/m³. What is the useful "
     "power of the pump?", "981 W", "a mass by way of a volume"),
    ("A heater with a power of 1.0 kW warms 2.0 kg of water from 15 °C to 65 °C. The specific heat capacity of water "
     "is 4200 J/(kg K). How much heat does the water take in?", "420 kJ", "the power does not matter"),
]  # fmt: skip

SEVERAL = [
    # statement, the answers, why it is here
    ("A stone is dropped from a height of 80 m. Ignore air resistance. (a) How long does it fall? (b) With what speed "
     "does it hit the ground?", ("4.04 s", "39.6 m/s"), "two questions about one fall"),
    ("Water escapes through a round hole of radius 1.0 cm in the side of a tank, 3.2 m below the water surface. Find "
     "the speed of the jet and the volume flowing out per second.", ("7.92 m/s", "0.00249 m^3/s"), "a volume per time"),
    ("A resistor of 20 Ω is connected to a 12 V battery. (a) What current flows? (b) What power is dissipated in the "
     "resistor?", ("0.60 A", "7.2 W"), "the second may use the first"),
    ("A car of mass 800 kg accelerates from rest to 25 m/s in 10 s. (a) What is its acceleration? (b) What net force "
     "acts on it? (c) What is its final kinetic energy?", ("2.5 m/s^2", "2000 N", "250 kJ"), "three questions"),
]  # fmt: skip

UNSURE = [
    # statement, why nothing must be answered
    ("A train of mass 400 t runs through a tunnel. How long does it take?", "too little is given"),
    ("A red box with a volume of 2 m³ falls 5.0 m along a wall of 7.0 m. Find its colour.", "no quantity is asked"),
    ("A 1000 kg car travelling east at 15 m/s collides with a 1500 kg van travelling north at 10 m/s. They stick "
     "together. Find their velocity just after the collision.", "two directions at right angles"),
    ("A car moves at 20 m/s and 30 m/s. What is its kinetic energy?", "no mass, and two speeds"),
    ("Two cars with masses of 1000 kg and 1500 kg drive at 20 m/s and 30 m/s. What is the kinetic energy?",
     "of which car?"),
    ("A ball of radius 5.0 cm and mass 0.40 kg rolls down a ramp. Find its speed at the bottom.", "no height"),
    ("A motor lifts a load by 4.0 m. What is its power?", "no mass, no time"),
    ("Solve 2x + 3 = 7.", "no physics"),
    ("A force of 40 N acts on a box that is moved by 15 m; there is an angle of 30° between two walls. How much work "
     "is done on the box by the force that turns it?", "an angle is no angle turned through"),
]  # fmt: skip
