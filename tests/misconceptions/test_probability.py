"""Chances, data and ratios: lines that the catalogue does not have, as students write them."""

from __future__ import annotations

import pytest

from tests.misconceptions.situations import EVERYTHING, causes_in, is_named

WRONG = [
    # before, the student's line, what led to it, the problem
    # Adds probabilities of events that can happen together
    ("2/6 + 3/6 - 1/6", "5/6", "or_probability_overlap_counted_twice", ""),
    ("0.5 + 0.4 - 0.2", "0.9", "or_probability_overlap_counted_twice", "P(A or B)"),
    (r"P(A \cup B)", "P(A) + P(B)", "or_probability_overlap_counted_twice", ""),
    ("P = 0.3 + 0.5 - 0.1", "P = 0.8", "or_probability_overlap_counted_twice", "event A or B"),
    # Adds probabilities where both events must happen
    (
        r"\frac{1}{3} \cdot \frac{1}{4}",
        "7/12",
        "and_probability_added",
        "Two spinners. What is the probability of red on both?",
    ),
    ("0.2*0.3", "0.5", "and_probability_added", "probability that both fail"),
    ("(1/6)^2", "2/6", "and_probability_added", "chance of two sixes"),
    ("2/3*4/5", "22/15", "and_probability_added", "probability of both"),
    ("1/2*1/2*1/2", "3/2", "and_probability_added", "three coins, chance of three heads"),
    # Multiplies the chance by the number of tries
    ("1 - (5/6)^3", "3/6", "at_least_one_added", "Three throws of a die, at least one six"),
    ("1 - 0.9^5", "0.5", "at_least_one_added", "probability of at least one defect"),
    ("1 - (3/4)^2", "1/2", "at_least_one_added", "chance of at least one spade"),
    ("P = 1 - (5/6)^2", "P = 2/6", "at_least_one_added", "two dice, at least one six"),
    # Keeps the same probabilities when nothing is put back
    ("(5/9)*(4/8)", "25/81", "drawing_without_replacement_unchanged", "balls in a bag"),
    ("(5/9)*(4/8)*(3/7)", "125/729", "drawing_without_replacement_unchanged", "balls in a bag"),
    ("(6/10)*(4/9)", "24/100", "drawing_without_replacement_unchanged", "balls in a bag"),
    (r"\frac{7}{12} \cdot \frac{6}{11}", r"\frac{49}{144}", "drawing_without_replacement_unchanged", "balls drawn"),
    ("4/52 * 3/51", "16/2704", "drawing_without_replacement_unchanged", "Two cards are drawn without putting back"),
    ("5/9 * 4/8", "25/81", "drawing_without_replacement_unchanged", "balls from a bag"),
    # Treats all listed results as equally likely
    ("10/36", "1/11", "equally_likely_assumed", "two dice, chance that the sum is ..."),
    ("3/8", "1/4", "equally_likely_assumed", "Three coins, chance of exactly one head"),
    ("5/36", "1/11", "equally_likely_assumed", "Two dice, probability that the sum is 8"),
    # Swaps condition and event in a conditional probability
    ("(0.95*0.02)/(0.95*0.02 + 0.1*0.98)", "0.95", "conditional_probability_reversed", "test for an illness"),
    # Expects an independent chance to even out
    ("1/2", "1/32", "past_results_change_chance", "Coin fell on heads four times, chance of heads next"),
    ("1/6", "1/36", "past_results_change_chance", "A die has just shown a six. What is the chance of a six next?"),
    # Averages two means without their group sizes
    ("(20*70 + 10*85)/30", "77.5", "mean_of_means_unweighted", ""),
    ("(12*5 + 8*10)/20", "7.5", "mean_of_means_unweighted", ""),
    # Takes the middle of a list that is not in order
    ("median(9, 3, 8, 1, 4)", "8", "median_of_unsorted_list", ""),
    # Divides the total by the wrong number of values
    ("(6 + 0 + 9 + 5)/4", "20/3", "mean_divided_by_wrong_count", ""),
    ("mean(2, 8, 5, 9)", "8", "mean_divided_by_wrong_count", ""),
    ("(4 + 8 + 9)/3", "10.5", "mean_divided_by_wrong_count", ""),
    # Subtracts variances for a difference of independent quantities
    (
        "16 + 9",
        "7",
        "variance_of_difference_subtracted",
        "independent variables with variances 16 and 9; variance of X - Y",
    ),
    # Adds standard deviations of independent quantities
    ("sqrt(8^2 + 6^2)", "14", "standard_deviations_added", "independent errors of 8 and 6"),
    (r"s = \sqrt{5^2 + 12^2}", "s = 17", "standard_deviations_added", "standard deviations 5 and 12, independent"),
    # Divides by n where n - 1 is needed
    ("var(1, 5, 9)", "32/3", "sample_and_population_divisor_mixed", ""),
    ("((1-5)^2 + (5-5)^2 + (9-5)^2)/2", "32/3", "sample_and_population_divisor_mixed", ""),
    # Counts selections as if the order mattered
    (r"\binom{7}{3}", "210", "order_counted_in_combination", ""),
    (r"\frac{7!}{3! \cdot 4!}", "210", "order_counted_in_combination", ""),
    ("C(8, 2)", "56", "order_counted_in_combination", ""),
    # Scales a ratio by adding instead of multiplying
    ("4/6 = 10/x", "x = 12", "ratio_by_adding", ""),
    (r"\frac{x}{8} = \frac{3}{4}", "x = 7", "ratio_by_adding", ""),
    ("3/4 = x/20", "x = 19", "ratio_by_adding", ""),
    # Uses the ratio of two parts as a fraction of the whole
    ("60*3/(3 + 2)", "90", "ratio_part_taken_as_fraction", "Share 60 in the ratio 3:2"),
    (r"90 \cdot \frac{1}{1+2}", "45", "ratio_part_taken_as_fraction", "Share 90 in the ratio 1 : 2"),
    (r"x = 120 \cdot \frac{3}{3+5}", "x = 72", "ratio_part_taken_as_fraction", "Share 120 in the ratio 3:5"),
    # Treats an inverse relation as a direct one
    ("5*12 = 6*x", "x = 14.4", "inverse_taken_as_direct", ""),
    ("3*8 = 4*x", "x = 32/3", "inverse_taken_as_direct", ""),
    # Reads 'k times as many' as 'k more'
    ("x = 7; y = 4x", "y = 11", "times_as_many_read_as_more", "y is four times x"),
    ("y = x/3; x = 12", "y = 9", "times_as_many_read_as_more", "y is a third of x"),
]

RIGHT = [
    # before, a line that follows
    ("2/6 + 3/6 - 1/6", "2/3"),
    ("(5/9)*(4/8)", "5/18"),
    ("(20*70 + 10*85)/30", "75"),
    ("median(9, 3, 8, 1, 4)", "4"),
    ("mean(2, 8, 5, 9)", "6"),
    ("var(1, 5, 9)", "16"),
    ("stdev(1, 5, 9)", "4"),
    ("round(3.478, 2)", "3.48"),
    (r"\binom{7}{3}", "35"),
    ("4/6 = 10/x", "x = 15"),
    ("60*3/(3 + 2)", "36"),
    ("x = 7; y = 4x", "y = 28"),
]


@pytest.mark.parametrize(("before", "line", "cause", "problem"), WRONG)
def test_the_error_that_led_to_a_line_comes_first(before: str, line: str, cause: str, problem: str):
    assert is_named(cause, causes_in(problem, before, line))


@pytest.mark.parametrize(("before", "line"), RIGHT)
def test_no_rule_accuses_a_line_that_follows(before: str, line: str):
    assert causes_in("", before, line) == []
    assert causes_in(EVERYTHING, before, line) == []
