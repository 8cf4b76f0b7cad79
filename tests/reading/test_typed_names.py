"""Names whose subscript is typed beside the letter, and what stays a product of two letters."""

import pytest

from tutor.problems import problem_from_statement
from tutor.reading.steps import split_steps
from tutor.syntax.printer import to_text
from tutor.syntax.tree import symbols
from tutor.syntax.typed_names import divided, typed_names

BODY = problem_from_statement("A body of mass 2 kg moves at 3 m/s.")
NAMES = [
    # work (the last line counts)                   its names                      why it is here
    ("vf^2 = vi^2 + 2ad", "v_f v_i a d", "speeds after and before"),
    ("d = vit + ½at²", "d v_i t a", "a name inside a run of letters"),
    ("Ek = ½mv²", "E_k m v", "a kinetic energy"),
    ("Ekin = Epot", "E_kin E_pot", "by its abbreviation"),
    ("KEi + PEi = KEf + PEf", "KE_i PE_i KE_f PE_f", "energies of two letters"),
    ("hf = φ + KEmax", "h f phi KE_max", "hf is a product, KEmax a name"),
    ("Fnet = ma", "F_net m a", "the net force"),
    ("Fg = mg", "F_g m g", "mg is no milligram"),
    ("Ff = μkFN", "F_f mu_k F_N", "a Greek letter with its subscript, then a force"),
    ("f = μkmg", "f mu_k m g", "a Greek letter with its subscript, then a product"),
    ("ac = v²/r", "a_c v r", "no article between the letters"),
    ("1/Rt = 1/R1 + 1/R2", "R_t R_1 R_2", "alone below a bar"),
    ("Q = I^2Rt", "Q I R t", "the heat of a resistor is no total resistance"),
    ("Vs/Vp = Ns/Np", "V_s V_p N_s N_p", "the two coils of a transformer"),
    ("Vrms = V0/√2", "V_rms V_0", "a word of three letters"),
    ("1/f = 1/do + 1/di", "f d_o d_i", "do is a word elsewhere"),
    ("M = -di/do", "M d_i d_o", "no derivative"),
    ("v = √(vx²+vy²)", "v v_x v_y", "components under a root"),
    ("Fx = F cosθ\nFx = 5 N", "F_x", "alone on a left side"),
    ("W = Fx", "W F x", "work is force times way"),
    ("Fd = ½mv²", "F d m v", "force times distance"),
    ("Ft = mv", "F t m v", "an impulse"),
    ("IR = V", "I R V", "current times resistance"),
    ("m1v1i + m2v2i = (m1 + m2)vf", "m_1 v_1i m_2 v_2i v_f", "a digit and a letter"),
    ("mAvA + mBvB = (mA + mB)v", "m_A v_A m_B v_B v", "two bodies A and B"),
    ("F = qvB", "F q v B", "one B alone is a field"),
    ("Q = mLf", "Q m L_f", "a latent heat after a mass"),
    ("y = v_0yt - ½gt²", "y v_0y t g", "a time after a subscript of two"),
    ("η = 1 - Tc/Th", "eta T_c T_h", "cold and hot"),
]


@pytest.mark.parametrize(("work", "names", "why"), NAMES)
def test_the_names_of_a_line(work, names, why):
    claims = split_steps(work, BODY)[-1].claims
    assert len(claims) == 1, why
    assert symbols(claims[0].statement) == frozenset(names.split()), why


def test_a_name_that_is_read_in_one_line_is_read_in_all():
    lines = ["Vx = 20cos(30) = 17.3 m/s", "R = Vx t = 17.3(2) = 34.6 m"]
    read = [to_text(c.statement) for s in split_steps("\n".join(lines), BODY) for c in s.claims]
    assert read == ["V_x = 20*cos(30) = 17.3 m/s", "R = V_x*t = 17.3(2) = 34.6 m"]


def test_outside_physics_two_letters_are_a_product():
    (claim,) = split_steps("2vf + 3 = 12\nv = 4")[0].claims
    assert symbols(claim.statement) == {"v", "f"}


@pytest.mark.parametrize("text", ["", "=" * 500, "vf" * 5000, "vf = " * 2000, "μ" * 300 + "k", "v1" * 4000 + "f"])
def test_strange_text_holds_no_names_or_a_few(text):
    assert len(typed_names(text)) < 10
    assert divided(text[:40] or "x", frozenset({"v_f"})) is not None or "vf" not in text[:40]
