"""The rules, one a file, for errors that their entry's own pattern does not find; all others run as they stand."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from tutor.misconceptions.catalogue import entries
from tutor.misconceptions.misconception import Misconception, as_it_stands

# Ids of entries with a file of that name in this folder, in order.
CATALOGUE: tuple[str, ...] = (
    "abs_of_sum_termwise",
    "add_before_subtract",
    "added_here_taken_there",
    "append_zero_for_times_ten",
    "borrow_not_paid_back",
    "borrow_stops_at_zero",
    "both_sides_collected_together",
    "carry_forgotten",
    "carry_written_in_place",
    "coefficient_sign_changed",
    "coefficient_subtracted",
    "cross_product_across",
    "decimal_parts_kept_apart",
    "decimal_places_in_product",
    "decimals_lined_up_right",
    "divide_by_zero_gives_number",
    "divide_coefficient_upside_down",
    "divide_one_term_only",
    "divide_whole_term_away",
    "divided_unknown_divided_again",
    "dividing_always_makes_smaller",
    "fraction_bar_read_as_sum",
    "fraction_digits_as_decimal",
    "leading_minus_spread",
    "left_to_right_only",
    "longer_decimal_is_larger",
    "minus_inside_power",
    "minus_left_on_unknown",
    "multiply_before_divide",
    "multiply_one_term_only",
    "no_solution_read_as_zero",
    "operation_on_one_side_only",
    "operation_swapped",
    "partial_product_not_shifted",
    "percent_change_wrong_base",
    "percent_increase_only",
    "percent_shifted_one_place",
    "percent_sign_ignored",
    "percent_undone_by_same_percent",
    "percent_up_and_down_cancel",
    "percents_of_different_amounts_added",
    "product_two_negatives_negative",
    "product_unlike_signs_positive",
    "rearrange_divides_last_term_only",
    "reversed_division",
    "reversed_subtraction",
    "rounding_by_cutting_off",
    "run_on_equals",
    "sign_kept_when_moved",
    "smaller_digit_from_larger",
    "square_of_negative_is_negative",
    "substitution_without_brackets",
    "subtract_negative_as_subtract",
    "subtracted_unknown_solved_as_added",
    "sum_sign_of_smaller",
    "sum_unlike_signs_sizes_added",
    "times_zero_keeps_number",
    "two_minuses_make_plus_in_sum",
    "unknown_term_sign_kept",
    "unknown_vanishes_on_division",
    "zero_left_out_of_quotient",
    "zero_minus_digit_is_digit",
    "zero_over_number_is_number",
    "zero_solution_rejected",
)


@cache
def rules() -> Mapping[str, Misconception]:
    """Every misconception that can be recognised, by id, in the catalogue's order."""
    found: dict[str, Misconception] = {}
    for entry in entries().values():
        if entry.id in CATALOGUE:
            found[entry.id] = import_module(f"{__name__}.{entry.id}").RULE
        elif entry.checked and (rule := as_it_stands(entry)) is not None:
            found[entry.id] = rule
    return found
