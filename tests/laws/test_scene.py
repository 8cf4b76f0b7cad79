"""Statements of physics and what they say: numbers with their roles, what is asked, conditions, what stays unread.

A given is "role=value", with "@body" and ":letter" where the statement tells them. An asked role may have its part
before it ("a:force"), its unit behind it ("[km/h]"). Of the conditions those named must hold and those after "-" must
not. The last column is a piece that must stay unread, "" where all must be understood.
"""

from __future__ import annotations

import re

import pytest

from tutor.laws.scene import Scene, scene_of
from tutor.records import Part, Problem
from tutor.syntax.printer import to_text

FIRST = [
    # ------------------------------------------------------------ motion in a line
    ("A skier slides from rest down a frictionless slope of height H = 40 m and length L = 80 m. Find the speed "
     "at the bottom.",
     "height=40 m:H; slope_length=80 m:L; initial_speed=0 m/s",
     "final_speed", "frictionless from_rest incline", ""),
    ("A car accelerates uniformly from rest at 2.5 m/s² for 8.0 s. How fast is it moving then, and how far has it "
     "travelled?",
     "initial_speed=0 m/s; acceleration=2.5 m/s²; time=8.0 s",
     "final_speed distance", "from_rest constant_acceleration", ""),
    ("A train travelling at 30 m/s brakes with a constant deceleration of 1.5 m/s^2. What distance does it need "
     "to come to rest?",
     "initial_speed=30 m/s; acceleration=1.5 m/s^2; final_speed=0 m/s",
     "stopping_distance", "to_rest constant_acceleration", ""),
    ("A cyclist speeds up from 4.0 m/s to 10 m/s in 12 s. Calculate the acceleration of the cyclist.",
     "initial_speed=4.0 m/s; final_speed=10 m/s; time=12 s",
     "acceleration", "", ""),
    ("A bus covers 150 km in 2.5 h at constant speed. What is its speed in m/s?",
     "distance=150 km; time=2.5 h",
     "speed[m/s]", "constant_speed", ""),
    ("A stone is dropped from a bridge 45 m above the water. How long does it take to hit the water?",
     "height=45 m; initial_speed=0 m/s",
     "time", "free_fall from_rest", ""),
    ("A ball is thrown vertically upwards with an initial velocity of 20 m/s. Ignoring air resistance, how high "
     "does it rise?",
     "initial_speed=20 m/s; final_speed=0 m/s",
     "max_height", "thrown_up no_air", ""),
    ("From the edge of a 78-m-high cliff, a rock is thrown horizontally at 15 m/s. How far from the base of the "
     "cliff does it land?",
     "height=78 m; initial_speed=15 m/s",
     "range", "thrown_horizontally", ""),
    ("A golf ball is hit at 40 m/s at an angle of 35° above the horizontal on level ground. Determine its range.",
     "initial_speed=40 m/s; launch_angle=35 deg",
     "range", "projectile level_ground", ""),
    ("A sprinter runs 100 m in 9.8 s. Find her average speed.",
     "distance=100 m; time=9.8 s",
     "average_speed", "", ""),
    ("A cyclist covers 45 kilometres in three hours. Find her average speed.",
     "distance=45 kilometres; time=3 hours",
     "average_speed", "", ""),
    ("A pump lifts 10 200 kg of water by twelve metres. How much work does it do?",
     "mass=10200 kg; height=12 metres",
     "work", "", ""),
    ("How much heat warms 2.0 kg of water from 20 degrees Celsius to 80 degrees C? Its specific heat "
     "is 4186 J/(kg K).",
     "mass=2.0 kg; initial_temperature=20 °C; final_temperature=80 °C; specific_heat=4186 J/(kg K)",
     "heat", "", ""),
    ("A spring bobs up and down 5.0 times a second. What is its period?",
     "frequency=5.0 times a second",
     "period", "", ""),
    ("Light has a wavelength of 500 nm. (a) What is the energy of a photon? (b) What is it in eV?",
     "wavelength=500 nm",
     "a:photon_energy b:photon_energy[eV]", "", ""),
    ("A coil has 50 turns and an area of 20 cm². The magnetic field changes from 0.80 T to 0.20 T within 0.1 s. Find "
     "the induced voltage.",
     "turns=50; area=20 cm²; initial_magnetic_field=0.80 T; final_magnetic_field=0.20 T; time=0.1 s",
     "induced_emf", "", ""),
    # ------------------------------------------------------------ forces
    ("What net force gives a 1200-kg car an acceleration of 3.0 m/s²?",
     "mass=1200 kg@car; acceleration=3.0 m/s²",
     "net_force", "", ""),
    ("A 5.0 kg block rests on a horizontal floor. The coefficient of kinetic friction between block and floor is "
     "0.30. Find the friction force on the block when it slides.",
     "mass=5.0 kg@block; kinetic_friction_coefficient=0.30",
     "friction", "friction_acts horizontal_surface", ""),
    ("A crate of mass m = 25 kg is pulled along a frictionless horizontal surface by a horizontal force of 80 N. "
     "Find its acceleration.",
     "mass=25 kg@crate:m; applied_force=80 N",
     "acceleration", "frictionless horizontal_surface", ""),
    ("A block slides down a frictionless plane inclined at 30°. What is its acceleration?",
     "incline_angle=30 deg",
     "acceleration", "frictionless incline", ""),
    ("What is the weight of a 70 kg person on the Moon, where g = 1.6 m/s²?",
     "mass=70 kg@person; gravity=1.6 m/s²:g",
     "weight", "elsewhere", ""),
    ("A spring with a spring constant of 250 N/m is stretched by 8.0 cm. What force does the spring exert?",
     "spring_constant=250 N/m; extension=8.0 cm",
     "force", "spring", ""),
    ("A 0.20 kg ball on a string moves in a horizontal circle of radius 0.60 m at 3.0 m/s. What is the tension in "
     "the string?",
     "mass=0.20 kg@ball; radius=0.60 m; speed=3.0 m/s",
     "tension", "circular", ""),
    ("Find the gravitational force between two spheres of mass 50 kg and 80 kg whose centers are 0.40 m apart.",
     "mass=50 kg@sphere 1; mass=80 kg@sphere 2; separation=0.40 m",
     "gravitational_force", "", ""),
    ("A wrench 0.25 m long is pushed with a force of 60 N at right angles to it. Calculate the torque.",
     "length=0.25 m; applied_force=60 N",
     "torque", "perpendicular", ""),
    # ------------------------------------------------------------ energy and momentum
    ("Calculate the kinetic energy of a 0.145-kg baseball moving at 40 m/s.",
     "mass=0.145 kg@baseball; speed=40 m/s",
     "kinetic_energy", "", ""),
    ("A crane lifts a 500 kg load through 12 m in 20 s. (a) How much work does it do? (b) What is its power?",
     "mass=500 kg@load; height=12 m; time=20 s",
     "a:work b:power", "", ""),
    ("A spring of force constant 400 N/m is compressed 10 cm. How much elastic potential energy is stored?",
     "spring_constant=400 N/m; extension=10 cm",
     "elastic_energy", "spring", ""),
    ("A 2 kg cart moving at 3 m/s hits a 1 kg cart at rest. The carts stick together. What is their speed after "
     "the collision?",
     "mass=2 kg@cart 1; initial_speed=3 m/s@cart 1; mass=1 kg@cart 2; initial_speed=0 m/s@cart 2",
     "common_speed", "collision inelastic", ""),
    ("A 0.50 kg ball hits a wall at 6.0 m/s and rebounds at 4.0 m/s. Find the change in momentum of the ball.",
     "mass=0.50 kg@ball; initial_speed=6.0 m/s; final_speed=4.0 m/s",
     "impulse", "collision", ""),
    ("What is the momentum of a truck of mass 3.0 × 10^3 kg that moves at 72 km/h?",
     "mass=3.0 × 10^3 kg@truck; speed=72 km/h",
     "momentum", "", ""),
    ("A force of 15 N acts on a body for 0.20 s. Find the impulse.",
     "force=15 N; time=0.20 s",
     "impulse", "", ""),
    ("A motor takes in 800 J and does 600 J of useful work. What is its efficiency?",
     "input_energy=800 J; useful_energy=600 J",
     "efficiency", "", ""),
    ("A pendulum bob is released from a height of 0.30 m above its lowest point. What is its speed at the lowest "
     "point?",
     "height=0.30 m; initial_speed=0 m/s",
     "final_speed", "pendulum from_rest", ""),
    # ------------------------------------------------------------ rotation, gravitation
    ("A wheel starts from rest and reaches 20 rad/s in 5.0 s. What is its angular acceleration?",
     "final_angular_speed=20 rad/s; time=5.0 s; initial_angular_speed=0 rad/s",
     "angular_acceleration", "from_rest", ""),
    ("A satellite orbits the Earth at an altitude of 400 km. Find its orbital speed.",
     "altitude=400 km",
     "orbital_speed", "orbit", ""),
    ("A solid disk with a moment of inertia of 0.80 kg·m² spins at 15 rad/s. What is its angular momentum?",
     "moment_of_inertia=0.80 kg·m²; angular_speed=15 rad/s",
     "angular_momentum", "", ""),
    # ------------------------------------------------------------ circuits, fields
    ("A 12-V battery drives a current of 0.50 A through a resistor. What is the resistance?",
     "voltage=12 V; current=0.50 A",
     "resistance", "", ""),
    ("Two resistors of 4 Ω and 6 Ω are connected in parallel. Find the equivalent resistance.",
     "resistance=4 Ω@resistor 1; resistance=6 Ω@resistor 2",
     "total_resistance", "parallel", ""),
    ("Three 6-Ω resistors are connected in series across an 18 V supply. Find the current.",
     "count=3@resistor; resistance=6 Ω; voltage=18 V",
     "current", "series three", ""),
    ("How much energy does a 60 W bulb use in 5.0 h? Give the answer in kWh.",
     "power=60 W@bulb; time=5.0 h",
     "energy[kWh]", "", ""),
    ("Two point charges, q1 = 3.0 μC and q2 = -5.0 μC, are 20 cm apart. Find the magnitude of the force between "
     "them.",
     "charge=3.0 μC:q_1; charge=-5.0 μC:q_2; separation=20 cm",
     "force", "", ""),
    ("A capacitor of capacitance 47 µF is charged to 9.0 V. How much charge does it hold?",
     "capacitance=47 μF; voltage=9.0 V",
     "charge", "capacitor", ""),
    ("An electron moves at 2.0 × 10^6 m/s perpendicular to a magnetic field of 0.30 T. What is the magnetic force "
     "on the electron?",
     "speed=2.0 × 10^6 m/s; magnetic_field=0.30 T",
     "magnetic_force", "perpendicular", ""),
    ("A transformer has 200 turns on the primary and 50 turns on the secondary. The primary voltage is 240 V. "
     "Find the secondary voltage.",
     "primary_turns=200; secondary_turns=50; primary_voltage=240 V",
     "secondary_voltage", "transformer", ""),
    # ------------------------------------------------------------ heat, gases, fluids
    ("How much heat is needed to warm 2.0 kg of water from 20 °C to 80 °C? The specific heat of water is 4186 "
     "J/(kg °C).",
     "mass=2.0 kg@water; initial_temperature=20 °C; final_temperature=80 °C; specific_heat=4186 J/(kg °C)",
     "heat", "", ""),
    ("A gas at constant temperature is compressed from 6.0 L to 2.0 L. Its initial pressure is 100 kPa. What is "
     "the final pressure?",
     "initial_volume=6.0 L; final_volume=2.0 L; initial_pressure=100 kPa",
     "final_pressure", "constant_temperature ideal_gas", ""),
    ("Find the volume of 2.0 mol of an ideal gas at 300 K and a pressure of 1.0 × 10^5 Pa.",
     "amount=2.0 mol; temperature=300 K; pressure=1.0 × 10^5 Pa",
     "volume", "ideal_gas", ""),
    ("How much energy is required to melt 0.50 kg of ice at 0 °C? The latent heat of fusion is 334 kJ/kg.",
     "mass=0.50 kg@ice; temperature=0 °C; latent_heat=334 kJ/kg",
     "energy", "phase_change", ""),
    ("What is the pressure due to the water at the bottom of a lake 25 m deep?",
     "depth=25 m",
     "pressure", "", ""),
    ("A block of wood of volume 0.020 m³ floats in water. The density of the wood is 600 kg/m³. Find the buoyant "
     "force.",
     "volume=0.020 m³; density=600 kg/m³",
     "buoyant_force", "floating", ""),
    ("A heat engine works between a hot reservoir at 600 K and a cold reservoir at 300 K. What is its maximum "
     "efficiency?",
     "hot_temperature=600 K; cold_temperature=300 K",
     "efficiency", "ideal_engine", ""),
    # ------------------------------------------------------------ waves, optics, modern
    ("A wave has a frequency of 50 Hz and a wavelength of 3.0 m. What is the wave speed?",
     "frequency=50 Hz; wavelength=3.0 m",
     "wave_speed", "", ""),
    ("Light passes from air into glass of refractive index 1.5. The angle of incidence is 40°. Find the angle of "
     "refraction.",
     "refractive_index=1.5; incidence_angle=40 deg",
     "refraction_angle", "", ""),
    ("An object is placed 30 cm in front of a converging lens of focal length 10 cm. Where is the image? Find the "
     "image distance.",
     "object_distance=30 cm; focal_length=10 cm",
     "image_distance", "converging_lens", "Where is the image"),
    ("Find the period of a simple pendulum 1.2 m long.",
     "length=1.2 m",
     "period", "pendulum", ""),
    ("Calculate the energy of a photon of wavelength 500 nm in eV.",
     "wavelength=500 nm",
     "photon_energy[eV]", "light", ""),
    ("A radioactive sample has a half-life of 8.0 days and an initial activity of 400 Bq. What is its activity "
     "after 24 days?",
     "half_life=8.0 days; initial_activity=400 Bq; time=24 days",
     "activity", "radioactive", ""),
    ("What is the de Broglie wavelength of an electron moving at 1.0e6 m/s?",
     "speed=1.0e6 m/s",
     "wavelength", "matter_wave", ""),
    ("The work function of sodium is 2.3 eV. Find the maximum kinetic energy of photoelectrons ejected by light "
     "of wavelength 400 nm.",
     "work_function=2.3 eV; wavelength=400 nm",
     "max_kinetic_energy", "photoelectric", ""),
    # ------------------------------------------------------------ not to be solved by guessing
    ("The floor is not frictionless. A 3 kg box is pushed with 20 N. What is its acceleration?",
     "mass=3 kg@box; applied_force=20 N",
     "acceleration", "-frictionless", ""),
    ("A box has twice the mass of a 4 kg crate. What is its weight?",
     "mass=4 kg@crate",
     "weight", "", "twice"),
    ("A car moves 20 m. Explain why it stops.",
     "distance=20 m; final_speed=0 m/s",
     "", "", "Explain"),
    ("The object in the figure has 12 legs and moves at 3 m/s. How many sides has it?",
     "speed=3 m/s",
     "", "", "How many sides"),
    ("A 2 kg book lies on a 0.75 m high table. A lamp 0.40 m tall stands beside it. What is the potential energy "
     "of the book with respect to the floor?",
     "mass=2 kg@book; height=0.75 m@table; height=0.40 m@lamp",
     "potential_energy", "", ""),
    ("A lift with a mass of 800 kg rises 15 m at a steady speed in 10 s. Calculate the power of the motor.",
     "mass=800 kg@lift; height=15 m; time=10 s",
     "power", "constant_speed", ""),
]  # fmt: skip


SECOND = [
    # ------------------------------------------------------------ motion
    ("Starting from rest, a motorcycle reaches a speed of 27 m/s over a distance of 90 m. Determine its "
     "acceleration.",
     "initial_speed=0 m/s; final_speed=27 m/s; distance=90 m",
     "acceleration", "from_rest", ""),
    ("A plane needs a takeoff speed of 80 m/s. If it accelerates at 4.0 m/s² from rest, how long must the runway "
     "be?",
     "final_speed=80 m/s; acceleration=4.0 m/s²; initial_speed=0 m/s",
     "length", "from_rest", ""),
    ("How long does a car moving at 25 m/s need to stop if it decelerates at 5.0 m/s²?",
     "initial_speed=25 m/s; acceleration=5.0 m/s²; final_speed=0 m/s",
     "time", "to_rest", ""),
    ("A package falls from a helicopter hovering 120 m above the ground. With what speed does it strike the "
     "ground?",
     "height=120 m; initial_speed=0 m/s",
     "final_speed", "free_fall", ""),
    ("A 6.0 m long ramp is inclined at 25° to the horizontal. A 4.0-kg cart starts from rest at the top and rolls "
     "down without friction. How fast is it at the bottom?",
     "slope_length=6.0 m; incline_angle=25 deg; mass=4.0 kg@cart; initial_speed=0 m/s",
     "final_speed", "frictionless incline from_rest", ""),
    ("A boy on a sled (total mass 40 kg) slides down a hill 15 m high. Friction can be neglected and he starts at "
     "rest. What is his speed at the foot of the hill?",
     "total_mass=40 kg; height=15 m; initial_speed=0 m/s",
     "final_speed", "frictionless from_rest", ""),
    ("Friction cannot be neglected. A sled of mass 12 kg slides 20 m down a slope.",
     "mass=12 kg@sled; slope_length=20 m",
     "", "incline -frictionless", ""),
    ("A rocket's velocity changes from 120 m/s to 200 m/s in 4.0 s; what is its average acceleration?",
     "initial_speed=120 m/s; final_speed=200 m/s; time=4.0 s",
     "acceleration", "", ""),
    ("A football is kicked from level ground with a speed of 22 m/s at 50° to the horizontal. (a) How long is it "
     "in the air? (b) What maximum height does it reach?",
     "initial_speed=22 m/s; launch_angle=50 deg",
     "a:time_of_flight b:max_height", "projectile level_ground", ""),
    ("A ball is thrown straight up at 12 m/s. How long does it take to reach its highest point?",
     "initial_speed=12 m/s; final_speed=0 m/s",
     "time_to_top", "thrown_up", ""),
    ("A hiker walks 3.0 km in 40 min and then 2.0 km in 35 min. What is the average speed?",
     "distance=3.0 km; time=40 min; time=35 min",
     "average_speed", "", "2.0 km"),
    ("The speed of sound in air is 340 m/s. Thunder is heard 5.0 s after the lightning is seen. How far away was "
     "the lightning?",
     "wave_speed=340 m/s; time=5.0 s",
     "distance", "sound", ""),
    # ------------------------------------------------------------ forces
    ("A woman pulls a 30 kg suitcase with a force of 90 N along a rough floor; the friction force is 60 N. Find "
     "the acceleration.",
     "mass=30 kg@suitcase; applied_force=90 N; friction=60 N",
     "acceleration", "", ""),
    ("An elevator of mass 900 kg accelerates upward at 1.2 m/s². What is the tension in its cable?",
     "mass=900 kg@elevator; acceleration=1.2 m/s²",
     "tension", "accelerating_up", ""),
    ("The coefficient of static friction between a 10-kg crate and the floor is μ_s = 0.50. What force is needed "
     "to start it moving?",
     "mass=10 kg@crate; static_friction_coefficient=0.50:mu_s",
     "force", "about_to_slip", ""),
    ("Block A has a mass of 3.0 kg and block B has a mass of 5.0 kg. They hang over a frictionless pulley. Find "
     "the acceleration.",
     "mass=3.0 kg@block A; mass=5.0 kg@block B",
     "acceleration", "atwood", ""),
    ("A 1500 kg car rounds a flat curve of radius 50 m at 15 m/s. What friction force is needed?",
     "mass=1500 kg@car; radius=50 m; speed=15 m/s",
     "friction", "circular", ""),
    ("A man weighing 750 N stands on a plank 4.0 m long, 1.5 m from the pivot. What torque does he exert about "
     "the pivot?",
     "weight=750 N; length=4.0 m; lever_arm=1.5 m",
     "torque", "", ""),
    ("A mass of 0.50 kg hung from a spring stretches it 4.9 cm. What is the spring constant?",
     "mass=0.50 kg; extension=4.9 cm",
     "spring_constant", "spring", ""),
    ("Calculate the acceleration due to gravity on a planet of mass 6.4 × 10^23 kg and radius 3.4 × 10^6 m.",
     "central_mass=6.4 × 10^23 kg; planet_radius=3.4 × 10^6 m",
     "gravity", "elsewhere", ""),
    # ------------------------------------------------------------ energy, momentum
    ("A 1000 kg car going 20 m/s collides head-on with a 1500 kg van going 10 m/s. After the collision they lock "
     "together. Find the final velocity.",
     "mass=1000 kg@car; initial_speed=20 m/s@car; mass=1500 kg@van; initial_speed=10 m/s@van",
     "final_speed", "inelastic opposite_directions", ""),
    ("A 4.0-kg rifle fires a 12 g bullet at 600 m/s. What is the recoil speed of the rifle?",
     "mass=4.0 kg; mass=12 g@bullet; final_speed=600 m/s@bullet",
     "final_speed", "explosion", ""),
    ("How much work is done by a force of 35 N that moves a box 4.0 m in its own direction?",
     "force=35 N; distance=4.0 m",
     "work", "", ""),
    ("A 60 kg girl climbs a stairway 5.0 m high in 6.0 s. What power does she develop?",
     "mass=60 kg@girl; height=5.0 m; time=6.0 s",
     "power", "", ""),
    ("A ball (mass 0.30 kg) is dropped from a height of 2.0 m. With how much kinetic energy does it hit the floor?",
     "mass=0.30 kg@ball; height=2.0 m; initial_speed=0 m/s",
     "kinetic_energy", "free_fall", ""),
    ("What speed must a 1200 kg car have in order to have a kinetic energy of 240 kJ?",
     "mass=1200 kg@car; kinetic_energy=240 kJ",
     "speed", "", ""),
    ("A 50 g tennis ball moving at 30 m/s is stopped in 0.010 s. What average force acts on it?",
     "mass=50 g@ball; initial_speed=30 m/s; time=0.010 s; final_speed=0 m/s",
     "force", "to_rest", ""),
    ("A pump raises 200 kg of water by 8.0 m every minute. Determine the power.",
     "mass=200 kg@water; height=8.0 m; time=1 minute",
     "power", "", ""),
    # ------------------------------------------------------------ rotation, oscillation
    ("A flywheel turning at 30 rad/s slows down at 2.0 rad/s². After what time does it stop?",
     "initial_angular_speed=30 rad/s; angular_acceleration=2.0 rad/s²; final_angular_speed=0 rad/s",
     "time", "to_rest", ""),
    ("A 0.40 kg mass oscillates on a spring with k = 160 N/m and amplitude 5.0 cm. Find (a) the period and (b) "
     "the maximum speed.",
     "mass=0.40 kg; spring_constant=160 N/m:k; amplitude=5.0 cm",
     "a:period b:max_speed", "spring oscillation", ""),
    ("A merry-go-round makes one revolution every 8.0 s. A child sits 3.0 m from the center. What is the child's "
     "speed?",
     "period=8.0 s; radius=3.0 m",
     "speed", "circular", ""),
    ("A pendulum has a period of 2.0 s. How long is the pendulum?",
     "period=2.0 s",
     "length", "pendulum", ""),
    # ------------------------------------------------------------ electricity
    ("A current of 3.0 A flows through a 40-Ω heater for 10 min. How much heat is produced?",
     "current=3.0 A; resistance=40 Ω@heater; time=10 min",
     "heat", "", ""),
    ("A kettle rated at 2.2 kW is connected to 230 V. What current does it draw?",
     "power=2.2 kW@kettle; voltage=230 V",
     "current", "", ""),
    ("A battery with an emf of 9.0 V and an internal resistance of 0.50 Ω is connected to a 4.0 Ω resistor. Find "
     "the current and the terminal voltage.",
     "emf=9.0 V; internal_resistance=0.50 Ω; resistance=4.0 Ω@resistor",
     "current terminal_voltage", "", ""),
    ("Resistors R1 = 10 Ω, R2 = 20 Ω and R3 = 30 Ω are in series. What is the total resistance?",
     "resistance=10 Ω:R_1; resistance=20 Ω:R_2; resistance=30 Ω:R_3",
     "total_resistance", "series", ""),
    ("Two parallel plates 2.0 mm apart have a potential difference of 120 V between them. What is the electric "
     "field between the plates?",
     "plate_separation=2.0 mm; voltage=120 V",
     "electric_field", "capacitor", ""),
    ("A copper wire 2.0 m long has a cross-sectional area of 1.5 mm^2 and a resistivity of 1.7 × 10^-8 Ω m. What "
     "is its resistance?",
     "length=2.0 m; area=1.5 mm^2; resistivity=1.7 × 10^-8 Ω m",
     "resistance", "", ""),
    ("A wire 0.30 m long carries 5.0 A at right angles to a field of 0.20 T. Find the force on the wire.",
     "length=0.30 m; current=5.0 A; magnetic_field=0.20 T",
     "magnetic_force", "perpendicular", ""),
    ("How much charge passes in 2.0 min when the current is 0.75 A?",
     "time=2.0 min; current=0.75 A",
     "charge", "", ""),
    # ------------------------------------------------------------ heat, gases, fluids
    ("A 0.20-kg piece of iron at 100 °C is dropped into 0.50 kg of water at 20 °C. Find the final temperature.",
     "mass=0.20 kg@iron; initial_temperature=100 °C@iron; mass=0.50 kg@water; initial_temperature=20 °C@water",
     "final_temperature", "mixing -free_fall -from_rest", ""),
    ("When 5000 J of heat is supplied to 0.25 kg of a metal its temperature rises by 40 °C. What is the specific "
     "heat capacity of the metal?",
     "heat=5000 J; mass=0.25 kg; temperature_change=40 °C",
     "specific_heat", "", ""),
    ("An ideal gas is heated at constant pressure from 300 K to 450 K. Its initial volume is 2.0 L. What is the "
     "new volume?",
     "initial_temperature=300 K; final_temperature=450 K; initial_volume=2.0 L",
     "final_volume", "constant_pressure ideal_gas", ""),
    ("A steel rail is 20 m long at 10 °C. The coefficient of linear expansion is 1.2e-5 /°C. How much does it "
     "expand when heated to 40 °C?",
     "length=20 m; initial_temperature=10 °C; expansion_coefficient=1.2e-5 /°C; final_temperature=40 °C",
     "length_change", "", ""),
    ("Water flows through a pipe of cross-sectional area 4.0 cm² at 2.0 m/s. What is the volume flow rate?",
     "area=4.0 cm²; speed=2.0 m/s",
     "volume_flow", "flowing", ""),
    ("A hydraulic press has pistons of area 5.0 cm² and 200 cm². A force of 50 N acts on the smaller piston. What "
     "force acts on the larger one?",
     "area=5.0 cm²@piston 1; area=200 cm²@piston 2; force=50 N",
     "force", "hydraulic", ""),
    ("A gas absorbs 300 J of heat and does 120 J of work. What is the change in its internal energy?",
     "heat=300 J; work_by_gas=120 J",
     "internal_energy", "ideal_gas", ""),
    ("An object with a mass of 2.4 kg has a volume of 0.0030 m^3. What is its density?",
     "mass=2.4 kg@object; volume=0.0030 m^3",
     "density", "", ""),
    # ------------------------------------------------------------ waves, optics, modern
    ("Waves on a string travel at 12 m/s. Their wavelength is 0.80 m. Find the frequency.",
     "wave_speed=12 m/s; wavelength=0.80 m",
     "frequency", "string_wave", ""),
    ("A train approaches a station at 30 m/s while sounding a whistle of frequency 500 Hz. What frequency does a "
     "person on the platform hear? The speed of sound is 343 m/s.",
     "source_speed=30 m/s; source_frequency=500 Hz; wave_speed=343 m/s",
     "observed_frequency", "approaching", ""),
    ("A diffraction grating has 500 lines per mm. At what angle is the first-order maximum for light of "
     "wavelength 600 nm?",
     "line_density=500 lines per mm; wavelength=600 nm; order=1",
     "diffraction_angle", "grating", ""),
    ("A concave mirror has a radius of curvature of 40 cm. An object stands 30 cm from the mirror. Find the image "
     "distance and the magnification.",
     "curvature_radius=40 cm; object_distance=30 cm",
     "image_distance magnification", "concave_mirror", ""),
    ("In Young's experiment the slits are 0.20 mm apart and the screen is 1.5 m away. The wavelength is 600 nm. "
     "Find the fringe spacing.",
     "slit_separation=0.20 mm; screen_distance=1.5 m; wavelength=600 nm",
     "fringe_spacing", "double_slit", ""),
    ("A string 0.60 m long is fixed at both ends. Waves travel on it at 240 m/s. What is its fundamental "
     "frequency?",
     "length=0.60 m; wave_speed=240 m/s",
     "fundamental_frequency", "string_wave", ""),
    ("What is the critical angle for light going from glass (n = 1.52) to air?",
     "refractive_index=1.52:n",
     "critical_angle", "total_reflection", ""),
    ("Find the energy released when a mass of 2.0 g is converted into energy.",
     "mass=2.0 g",
     "energy", "", ""),
    ("A muon has a proper lifetime of 2.2 μs and moves at 0.98c. What lifetime is measured in the laboratory?",
     "proper_time=2.2 μs",
     "", "", "0.98"),
    ("A sample has 8.0 × 10^20 nuclei and a half-life of 5.0 h. How many nuclei remain after 15 h?",
     "initial_nuclei=8.0 × 10^20; half_life=5.0 h; time=15 h",
     "nuclei", "radioactive", ""),
    # ------------------------------------------------------------ wording, tables, distractors
    ("mass: 2.0 kg, speed: 3.0 m/s. Kinetic energy?",
     "mass=2.0 kg; speed=3.0 m/s",
     "kinetic_energy", "", ""),
    ("Given: m = 4 kg, a = 2 m/s^2. Find F.",
     "mass=4 kg:m; acceleration=2 m/s^2:a",
     "force", "", ""),
    ("Ben, 15 years old, drops a 0.10 kg ball from a window 9.0 m above the street. How long does it fall?",
     "mass=0.10 kg@ball; height=9.0 m; initial_speed=0 m/s",
     "time", "free_fall from_rest", "15 years"),
    ("The red cart has a mass of 2 kg, the blue one three times as much. Both are at rest. What is the mass of "
     "the blue one?",
     "mass=2 kg",
     "mass", "", "three times"),
    ("A box of height 30 cm and mass 5.0 kg is lifted onto a shelf 1.8 m above the floor. How much work is done?",
     "height=30 cm@box; mass=5.0 kg@box; height=1.8 m",
     "work", "", ""),
    # ------------------------------------------------------------ what went wrong once
    ("A shell is fired at 70 m/s at 75° above the horizontal. It explodes at its highest point. What is its horizontal "
     "displacement when it explodes?",
     "initial_speed=70 m/s; launch_angle=75 deg",
     "", "projectile", "horizontal"),
    ("A space station circles the Earth 400 km above the surface. The Earth has a mass of 6.0 × "
     "10^24 kg and a radius of "
     "6400 km. Find the orbital speed of the station.",
     "altitude=400 km; central_mass=6.0 × 10^24 kg; planet_radius=6400 km",
     "orbital_speed", "orbit", ""),
    ("An electron enters a field of 2.0 mT at right angles to it with a speed of 4.0e6 m/s. Find the "
     "radius of its path.",
     "magnetic_field=2.0 mT; speed=4.0e6 m/s",
     "radius", "perpendicular", ""),
    ("A lump of clay moves to the right at 4.0 m/s. What is its speed?", "speed=4.0 m/s", "speed", "", ""),
    ("How long is the braking distance of a car that goes at 20 m/s and brakes at 4.0 m/s² until it stops?",
     "initial_speed=20 m/s; acceleration=4.0 m/s²; final_speed=0 m/s",
     "stopping_distance", "to_rest", ""),
    ("A satellite at rest has 1 eV = 1.6e-19 J. Photons have an energy of 2.0 eV. What is the frequency?",
     "photon_energy=2.0 eV",
     "frequency", "light", ""),
    ("Charges of 2 μC and 4 μC are 1.0 m apart. What is the force on a charge midway between them?",
     "charge=2 μC@charge 1; charge=4 μC@charge 2; separation=1.0 m",
     "force", "", "midway"),
]  # fmt: skip


def _given(text: str) -> tuple[str, str, str | None, str | None]:
    match = re.fullmatch(r"\s*(\w+)=([^@:]+)(?:@([^:]+))?(?::(\S+))?\s*", text)
    assert match is not None, text
    return match.group(1), match.group(2).strip(), match.group(3), match.group(4)


def _shown(text: str) -> str:
    return text.replace("*", " × ").replace("(-", "-").replace(") ", " ")


def check(scene: Scene, givens: str, asked: str, conditions: str, unread: str) -> list[str]:
    """What differs from what a row says."""
    wrong = []
    left = [(g.role, _shown(to_text(g.value)), g) for g in scene.givens if g.role]
    for item in filter(None, map(str.strip, givens.split(";"))):
        role, value, of, symbol = _given(item)
        hits = [
            x
            for x in left
            if x[0] == role and x[1] == value and of in (None, x[2].of) and symbol in (None, x[2].symbol)
        ]
        if hits:
            left.remove(hits[0])
        else:
            wrong.append(f"no {item}")
    wrong += [f"unexpected {role}={value}@{g.of}:{g.symbol}" for role, value, g in left]
    said = []
    for a in scene.asked:
        said.append((f"{a.part}:" if a.part else "") + a.role + (f"[{a.unit.text}]" if a.unit else ""))
    if said != asked.split():
        wrong.append(f"asked {said}")
    for condition in conditions.split():
        if (condition.lstrip("-") in scene.conditions) == condition.startswith("-"):
            wrong.append(f"condition {condition}: {sorted(scene.conditions)}")
    pieces = " | ".join(scene.unread)
    if bool(unread) != bool(pieces) or unread not in pieces:
        wrong.append(f"unread {pieces!r}")
    return wrong


@pytest.mark.parametrize(
    ("statement", "givens", "asked", "conditions", "unread"), FIRST + SECOND, ids=lambda v: str(v)[:60]
)
def test_a_statement_is_read(statement: str, givens: str, asked: str, conditions: str, unread: str) -> None:
    assert check(scene_of(Problem(statement=statement)), givens, asked, conditions, unread) == []


def test_fields_give_a_number_its_letter_and_its_role() -> None:
    stated = Problem(
        statement="A car brakes from 20 m/s to rest over 40 m.", givens={"u": "20 m/s", "s": "40 m"}, unknowns=("a",)
    )
    scene = scene_of(stated)
    assert [(g.symbol, g.role) for g in scene.givens if g.symbol] == [("u", "initial_speed"), ("s", "distance")]
    assert [(a.role, a.symbol) for a in scene.asked] == [("acceleration", "a")]


def test_a_field_that_the_statement_does_not_repeat_is_a_given_too() -> None:
    scene = scene_of(Problem(statement="Find the kinetic energy of the ball.", givens={"m": "2 kg", "v": "3 m/s"}))
    assert [(g.symbol, g.role) for g in scene.givens] == [("m", "mass"), ("v", "speed")]


def test_a_letter_has_the_role_that_the_statement_gives_it() -> None:
    statement = "A ball falls from a height y. Find its final speed."
    scene = scene_of(Problem(statement=statement, givens={"y": "5.0 m"}))
    assert ("y", "height") in [(g.symbol, g.role) for g in scene.givens]


def test_what_a_part_states_holds_for_that_part() -> None:
    parts = (Part("a", "Find its kinetic energy."), Part("b", "What force stops it in 5.0 s?"))
    head = Problem(statement="A 1200 kg car moves at 25 m/s.", parts=parts)
    first, second = scene_of(head, parts[0]), scene_of(head, parts[1])
    assert [a.role for a in first.asked] == ["kinetic_energy"]
    assert "time" not in {g.role for g in first.givens}
    assert [(g.role, g.part) for g in second.givens if g.role == "time"] == [("time", "b")]
    (time,) = [g for g in second.givens if g.role == "time"]
    assert parts[1].statement[time.span.start : time.span.end] == "5.0 s"


def test_a_span_is_the_number_and_its_unit_in_the_statement() -> None:
    statement = r"A block of mass $m = 2.0\,\text{kg}$ moves at $3.0 \times 10^{2}$ m/s."
    scene = scene_of(Problem(statement=statement))
    assert [(g.role, statement[g.span.start : g.span.end]) for g in scene.givens] == [
        ("mass", r"2.0\,\text{kg"),
        ("speed", r"3.0 \times 10^{2}$ m/s"),
    ]


PLAIN = [
    ("Solve 2x + 3 = 7.", "an equation"),
    ("Tom has 5 apples and buys 3 more for $2 each. How much does he pay?", "money and apples"),
    ("A recipe needs 3 cups of flour and 2 hours. How many cups for 5 cakes?", "cooking"),
    ("Anna is 12 years old, twice as old as Ben. How old is Ben?", "ages are years, yet no physics"),
    ("A rope 12 m long is cut into 4 pieces. How long is each?", "lengths alone"),
    ("Differentiate x^2 sin x.", "calculus"),
    ("Shawn burns 200 calories per mile and walks 3 miles.", "calories on a packet"),
    ("", "nothing at all"),
]


@pytest.mark.parametrize(("statement", "why"), PLAIN)
def test_plain_mathematics_is_no_physics(statement: str, why: str) -> None:
    assert not scene_of(Problem(statement=statement)).physical, why


HOSTILE = [
    "5 m " * 4000, "(a) " * 3000, "5 N find " + "find " * 3000, "5 N " + "what is the speed of the " * 700,
    "9" * 19_000,
    "1 × 10^" * 2000, "\\text{" * 3000, "kg·" * 5000, "10^999 m and 10^-999 s",
    "7 m^99999", "(" * 9000, "\x00 5 m \x00",
    "the length of the slope " * 900 + "is 5 m", "٣ kg, 𝟝 m, ½ m, ²² m", "lifts " + "the " * 1500 + "by 5 m",
]  # fmt: skip


@pytest.mark.parametrize("statement", HOSTILE, ids=lambda s: s[:20])
def test_no_statement_is_too_strange(statement: str) -> None:
    problem = Problem(
        statement=statement,
        givens={"m": statement, "": "5 kg", "v": ""},
        parts=(Part("a", statement), Part("b", "Find v")),
    )
    assert len(scene_of(problem).givens) <= 120


def test_a_statement_too_long_to_read_is_not_read_in_part() -> None:
    long = "A 2 kg cart moves at 3 m/s. " + "It is red. " * 900 + "Find its momentum."
    assert any("characters" in piece for piece in scene_of(Problem(statement=long)).unread)
