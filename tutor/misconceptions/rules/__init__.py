"""The rules, one a file, for errors that their entry's own pattern does not find; all others run as they stand."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from tutor.misconceptions.catalogue import DATA, entries
from tutor.misconceptions.misconception import Misconception, as_it_stands
from tutor.syntax import tree
from tutor.syntax.tree import Node

INDEX = "rules.json"  # in the catalogue's folder

# Ids of entries with a file of that name in this folder, in order.
CATALOGUE: tuple[str, ...] = (
    "abs_drops_every_minus",
    "abs_equals_negative_solved",
    "abs_greater_as_between",
    "abs_of_sum_termwise",
    "abs_one_case",
    "acceleration_zero_at_top",
    "add_before_subtract",
    "add_tops_and_bottoms",
    "added_here_taken_there",
    "and_probability_added",
    "append_zero_for_times_ten",
    "area_parts_below_axis_cancel",
    "area_scaled_linearly",
    "argument_quadrant_ignored",
    "at_least_one_added",
    "average_of_speeds",
    "battery_as_constant_current",
    "borrow_not_paid_back",
    "borrow_stops_at_zero",
    "both_sides_collected_together",
    "bounds_subtracted_in_wrong_order",
    "bracket_factor_subtracted_first",
    "brackets_dropped",
    "buoyancy_with_density_of_body",
    "cancel_across_sums",
    "cancel_one_term_only",
    "cancel_shared_digits",
    "cancel_term_in_sum",
    "carry_forgotten",
    "carry_written_in_place",
    "celsius_used_as_kelvin",
    "chain_rule_inner_forgotten",
    "chain_rule_outer_at_inner_derivative",
    "circumference_and_area_swapped",
    "closing_speed_subtracted",
    "coefficient_included_in_power",
    "coefficient_sign_changed",
    "coefficient_subtracted",
    "common_factor_from_one_term",
    "common_factor_leaves_nothing",
    "completing_square_half_missed",
    "completing_square_not_balanced",
    "complex_quotient_by_parts",
    "composition_as_product",
    "composition_order_swapped",
    "compound_growth_as_linear",
    "conditional_probability_reversed",
    "conjugate_changes_both_signs",
    "constant_joined_to_coefficient",
    "constant_kept_in_derivative",
    "constant_of_integration_missing",
    "conversion_factor_upside_down",
    "cosine_rule_grouped_wrongly",
    "cosine_treated_as_odd",
    "cross_product_across",
    "cross_product_middle_sign",
    "cubed_unit_factor_once",
    "current_not_squared_in_power",
    "current_used_up",
    "deceleration_sign_lost",
    "decibels_added",
    "decimal_parts_kept_apart",
    "decimal_places_in_product",
    "decimals_lined_up_right",
    "degree_radian_factor_upside_down",
    "degrees_entered_as_radians",
    "density_unit_one_part_converted",
    "derivative_of_cosine_sign",
    "determinant_of_sum_split",
    "determinant_plus_between_products",
    "determinant_scaled_once",
    "difference_of_squares_as_square",
    "different_dimensions_added",
    "differentiated_instead_of_integrated",
    "direction_sign_lost",
    "discriminant_sign_of_c",
    "distance_taken_as_displacement",
    "distribute_first_term_only",
    "divide_by_unknown_loses_root",
    "divide_by_zero_gives_number",
    "divide_coefficient_upside_down",
    "divide_one_term_only",
    "divide_whole_term_away",
    "divided_unknown_divided_again",
    "dividing_always_makes_smaller",
    "dot_product_cosine_left_out",
    "dot_product_left_as_vector",
    "drawing_without_replacement_unchanged",
    "echo_path_not_halved",
    "efficiency_upside_down",
    "electronvolt_used_as_joule",
    "elimination_sign_slip",
    "equal_parts_cancel_to_zero",
    "equally_likely_assumed",
    "equivalent_by_adding",
    "evaluated_before_differentiating",
    "exp_of_multiple_log_as_multiple",
    "exponent_removed_by_division",
    "extraneous_root_from_denominator",
    "extraneous_root_from_squaring",
    "factor_coefficient_ignored",
    "factor_numbers_wrong_sum",
    "factor_out_of_square_once",
    "factor_signs_swapped",
    "fahrenheit_offset_forgotten",
    "final_speed_used_as_average",
    "force_components_swapped",
    "force_magnitudes_added",
    "formula_used_before_zero_side",
    "fraction_bar_read_as_sum",
    "fraction_digits_as_decimal",
    "fraction_split_over_denominator",
    "fractional_exponent_as_factor",
    "fractional_exponent_upside_down",
    "function_of_sum_split",
    "gauge_used_as_absolute_pressure",
    "gram_used_as_kilogram",
    "gravity_given_as_speed",
    "gravity_sign_against_axis",
    "half_forgotten_in_formula",
    "halving_as_linear_decay",
    "heavier_falls_faster",
    "height_used_as_distance_from_centre",
    "hypotenuse_multiplied_by_ratio",
    "i_squared_positive",
    "implicit_derivative_factor_missing",
    "increment_added_outside",
    "inequality_boundary_changed",
    "inequality_flipped_needlessly",
    "inequality_not_flipped",
    "inequality_product_split",
    "inequality_times_unknown",
    "infinity_minus_infinity_is_zero",
    "infinity_over_infinity_is_one",
    "inner_factor_multiplied_in_integral",
    "integral_divided_by_old_exponent",
    "integral_inner_factor_missing",
    "integral_multiplied_by_new_exponent",
    "integral_not_divided_by_exponent",
    "integral_of_product_as_product",
    "integral_of_sine_sign",
    "integrated_across_infinite_point",
    "inverse_function_as_reciprocal",
    "inverse_square_as_inverse",
    "inverse_taken_as_direct",
    "inverse_trig_as_reciprocal",
    "invert_both_fractions",
    "invert_not_applied",
    "invert_wrong_fraction",
    "invisible_one_ignored",
    "kilowatt_hour_as_rate",
    "kinetic_energy_kept_in_sticking_collision",
    "kmh_multiplied_by_factor",
    "kmh_one_part_converted",
    "larger_denominator_larger_fraction",
    "latent_heat_left_out",
    "leading_minus_spread",
    "left_to_right_only",
    "letter_as_digit",
    "letter_lost",
    "letter_taken_away_leaves_number",
    "lever_arms_swapped",
    "lhopital_without_indeterminate",
    "like_roots_double_radicand",
    "like_terms_exponents_added",
    "litres_as_cubic_metres",
    "log_base_and_result_swapped",
    "log_exponent_taken_over_product",
    "log_of_one_taken_as_one",
    "log_of_product_as_product",
    "log_of_quotient_as_quotient",
    "log_of_reciprocal_as_reciprocal",
    "log_of_sum_split",
    "log_root_outside_domain",
    "log_symbol_cancelled",
    "longer_decimal_is_larger",
    "lower_bound_left_out",
    "mass_given_as_weight",
    "matrix_inverse_entrywise",
    "matrix_inverse_of_product_order",
    "matrix_product_commuted",
    "matrix_product_entrywise",
    "matrix_square_of_sum_expanded",
    "mean_divided_by_wrong_count",
    "mean_of_means_unweighted",
    "median_of_unsorted_list",
    "minus_before_fraction_first_term_only",
    "minus_inside_power",
    "minus_left_on_unknown",
    "minus_of_coefficient_dropped",
    "minus_reaches_first_term_only",
    "mixed_number_top_added",
    "mixed_numbers_multiplied_by_parts",
    "mixing_temperature_plain_mean",
    "modulus_keeps_i",
    "momentum_and_energy_swapped",
    "motion_needs_force",
    "multiply_before_divide",
    "multiply_one_term_only",
    "negative_exponent_gives_negative",
    "negative_exponent_moves_coefficient",
    "no_solution_read_as_zero",
    "normal_force_equals_weight",
    "numbers_added_across_units",
    "odd_root_given_plus_minus",
    "ohms_law_rearranged_wrongly",
    "one_sided_limits_not_compared",
    "one_to_infinity_is_one",
    "operation_on_one_side_only",
    "operation_swapped",
    "opposite_factors_cancel_to_one",
    "opposite_forces_added",
    "or_probability_overlap_counted_twice",
    "order_counted_in_combination",
    "parallel_reciprocal_forgotten",
    "parallel_resistors_added",
    "partial_product_not_shifted",
    "parts_sign_wrong",
    "past_results_change_chance",
    "percent_change_wrong_base",
    "percent_increase_only",
    "percent_shifted_one_place",
    "percent_sign_ignored",
    "percent_undone_by_same_percent",
    "percent_up_and_down_cancel",
    "percents_of_different_amounts_added",
    "perimeter_and_area_swapped",
    "period_and_frequency_swapped",
    "perpendicular_slope_only_sign",
    "plus_minus_forgotten",
    "power_as_product_with_exponent",
    "power_multiplied_by_time",
    "power_of_log_as_log_of_power",
    "power_of_power_adds",
    "power_of_product_partial",
    "power_product_multiplies_bases",
    "power_product_multiplies_exponents",
    "power_quotient_divides_exponents",
    "power_rule_exponent_not_lowered",
    "power_rule_exponent_raised",
    "power_rule_factor_forgotten",
    "power_rule_on_exponential",
    "prefix_power_reversed",
    "prefix_swapped",
    "pressure_as_force_times_area",
    "product_equals_nonzero_split",
    "product_rule_as_product",
    "product_two_negatives_negative",
    "product_unlike_signs_positive",
    "projectile_directions_mixed",
    "pythagoras_leg_as_hypotenuse",
    "quadratic_formula_a_left_out",
    "quadratic_formula_partial_division",
    "quadratic_formula_sign_of_b",
    "quotient_of_logs_as_difference",
    "quotient_rule_as_quotient",
    "quotient_rule_bottom_not_squared",
    "quotient_rule_order_swapped",
    "radians_entered_as_degrees",
    "radius_and_diameter_confused",
    "ratio_by_adding",
    "ratio_part_taken_as_fraction",
    "rational_sum_tops_not_rescaled",
    "rationalised_with_same_sum",
    "rearrange_divides_last_term_only",
    "reciprocal_by_power_rule",
    "reciprocal_inequality_not_flipped",
    "reciprocal_integrated_as_log",
    "reciprocal_trig_mixed_up",
    "reciprocals_added_as_reciprocal",
    "refraction_ratio_upside_down",
    "reversed_division",
    "reversed_subtraction",
    "revolutions_not_turned_into_radians",
    "root_of_exponent_rooted",
    "root_of_sum_termwise",
    "root_of_termwise_squares",
    "root_sign_given_twice",
    "root_sign_not_reversed",
    "root_zero_lost",
    "roots_added_under_one_root",
    "roots_of_negatives_multiplied",
    "rounded_too_early",
    "rounding_by_cutting_off",
    "run_on_equals",
    "sample_and_population_divisor_mixed",
    "scaled_left_side_only",
    "scientific_exponent_sign",
    "scientific_sum_exponents_added",
    "second_derivative_as_square",
    "second_sign_kept_after_negative_factor",
    "series_capacitors_added",
    "sides_squared_termwise",
    "sign_kept_when_moved",
    "sine_cosine_swapped_in_triangle",
    "sine_over_x_factor_ignored",
    "sine_plus_cosine_is_one",
    "slope_order_mixed",
    "slope_upside_down",
    "smaller_digit_from_larger",
    "speed_not_squared",
    "speed_used_for_change_of_speed",
    "square_equals_negative_solved",
    "square_factor_left_unrooted",
    "square_inequality_rooted",
    "square_of_negative_is_negative",
    "square_root_as_half",
    "square_root_forgotten",
    "squared_unit_factor_once",
    "standard_deviations_added",
    "stretched_length_as_extension",
    "substituted_without_brackets_in_system",
    "substitution_bounds_not_changed",
    "substitution_dx_not_replaced",
    "substitution_without_brackets",
    "subtract_negative_as_subtract",
    "subtract_tops_and_bottoms",
    "subtracted_unknown_solved_as_added",
    "sum_of_powers_joined",
    "sum_of_squares_factored",
    "sum_rounded_by_figures",
    "sum_sign_of_smaller",
    "sum_unlike_signs_sizes_added",
    "temperature_difference_shifted",
    "time_not_squared",
    "time_sixty_as_hundred",
    "time_unit_left_in_formula",
    "times_as_many_read_as_more",
    "times_zero_keeps_number",
    "too_few_significant_figures",
    "too_many_significant_figures",
    "tops_not_rescaled",
    "transformer_ratio_upside_down",
    "triangle_area_half_forgotten",
    "trig_argument_cancelled",
    "trig_equation_one_angle",
    "trig_factor_divided_away",
    "trig_multiple_pulled_out",
    "trig_of_sum_split",
    "trig_square_moved_inside",
    "two_minuses_make_plus_in_sum",
    "unit_missing",
    "unit_of_result_wrong",
    "unit_relabelled_without_converting",
    "unit_vector_not_divided_by_length",
    "unknown_term_sign_kept",
    "unknown_vanishes_on_division",
    "unknowns_set_equal_to_constant_each",
    "unlike_terms_joined",
    "variable_pulled_out_of_integral",
    "variance_of_difference_subtracted",
    "vector_length_components_added",
    "vector_length_sign_kept",
    "vector_lengths_added",
    "voltage_split_equally",
    "wave_formula_upside_down",
    "wave_speed_changed_by_source",
    "wavelength_prefix_dropped",
    "weight_used_as_mass",
    "whole_number_multiplies_both",
    "work_angle_ignored",
    "zero_exponent_gives_zero",
    "zero_left_out_of_quotient",
    "zero_minus_digit_is_digit",
    "zero_over_number_is_number",
    "zero_over_zero_given_value",
    "zero_solution_rejected",
)
FILES = frozenset(CATALOGUE)


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of a rule before it is loaded.

    needs: kinds of node in alternatives, all of one of which a line must have for the rule to make something of it.
    """

    id: str
    topic: str
    needs: tuple[frozenset[type[Node]], ...]
    bare: bool

    @property
    def physical(self) -> bool:
        """Whether it is about quantities with units."""
        return self.topic.startswith("physics")

    def may_fit(self, there: Set[type[Node]]) -> bool:
        """Whether the rule may make something of lines with these kinds of node in them."""
        return any(each <= there for each in self.needs)


@cache
def index() -> tuple[Place, ...]:
    """The rules in the catalogue's order, as `python -m tutor.misconceptions` wrote them down."""
    return tuple(
        Place(
            each["id"],
            each["topic"],
            tuple(frozenset(getattr(tree, kind) for kind in kinds) for kinds in each["needs"]),
            each["bare"],
        )
        for each in json.loads((DATA / INDEX).read_text(encoding="utf-8"))
    )


class Rules(Mapping[str, Misconception]):
    """Every misconception that can be recognised, by id, in the catalogue's order; loaded when it is asked for."""

    def __init__(self) -> None:
        self.loaded: dict[str, Misconception] = {}
        self.ids = tuple(place.id for place in index())
        self.known = frozenset(self.ids)

    def __getitem__(self, name: str) -> Misconception:
        """The rule of that id."""
        found = self.loaded.get(name)
        if found is None:
            if name not in self.known:
                raise KeyError(name)
            found = self.loaded[name] = load(name)
        return found

    def __iter__(self) -> Iterator[str]:
        """The ids in order."""
        return iter(self.ids)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.ids)


def load(name: str) -> Misconception:
    """The rule in the file of that name; else the pattern of the entry as it stands."""
    if name in FILES:
        rule: Misconception = import_module(f"{__name__}.{name}").RULE
        return rule
    return as_it_stands(entries()[name])


@cache
def rules() -> Rules:
    """All rules, by id."""
    return Rules()
