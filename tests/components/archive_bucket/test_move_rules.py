"""Moves that S3 does not make, ignores or bills for without use."""

from components.archive_bucket.refusals import problem_of, steps


def test_retrieval_beside_transitions_is_refused() -> None:
    assert problem_of({"retrieval": "hours", "transitions": steps((0, "GLACIER"))}) == (
        'retrieval: got "hours"; allowed: nothing beside transitions; remove retrieval or transitions'
    )


def test_archive_after_days_beside_transitions_is_refused() -> None:
    assert problem_of({"archive_after_days": 0, "transitions": steps((0, "GLACIER"))}) == (
        "archive_after_days: got 0; allowed: nothing beside transitions; remove archive_after_days or transitions"
    )


def test_an_empty_list_of_transitions_is_refused() -> None:
    assert problem_of({"transitions": []}) == (
        "transitions: got []; allowed: at least one transition; remove it: the component then picks the classes"
    )


def test_infrequent_access_before_thirty_days_is_refused() -> None:
    assert problem_of({"transitions": steps((29, "STANDARD_IA"))}) == (
        "transitions[0].after_days: got 29; "
        "allowed: 30 days or more for STANDARD_IA; "
        "raise it to 30, or set accept_minimum_charges: true to pay for it"
    )


def test_one_zone_before_thirty_days_is_refused() -> None:
    assert problem_of({"transitions": steps((0, "ONEZONE_IA"))}) == (
        "transitions[0].after_days: got 0; "
        "allowed: 30 days or more for ONEZONE_IA; "
        "raise it to 30, or set accept_minimum_charges: true to pay for it"
    )


def test_a_warmer_class_after_a_colder_one_is_refused() -> None:
    assert problem_of({"transitions": steps((0, "GLACIER"), (200, "GLACIER_IR"))}) == (
        'transitions[1].storage_class: got "GLACIER_IR"; '
        "allowed: after GLACIER: DEEP_ARCHIVE; "
        "put the warmer class first, or leave one out: S3 moves objects to colder classes only"
    )


def test_the_same_class_twice_is_refused() -> None:
    assert problem_of({"transitions": steps((0, "DEEP_ARCHIVE"), (200, "DEEP_ARCHIVE"))}) == (
        'transitions[1].storage_class: got "DEEP_ARCHIVE"; '
        "allowed: after DEEP_ARCHIVE: nothing; "
        "put the warmer class first, or leave one out: S3 moves objects to colder classes only"
    )


def test_instant_retrieval_after_one_zone_is_refused() -> None:
    assert problem_of({"transitions": steps((30, "ONEZONE_IA"), (200, "GLACIER_IR"))}) == (
        'transitions[1].storage_class: got "GLACIER_IR"; '
        "allowed: after ONEZONE_IA: GLACIER | DEEP_ARCHIVE; "
        "put the warmer class first, or leave one out: S3 moves objects to colder classes only"
    )


def test_transitions_out_of_order_of_age_are_refused() -> None:
    assert problem_of({"transitions": steps((90, "INTELLIGENT_TIERING"), (60, "GLACIER"))}) == (
        "transitions[1].after_days: got 60; "
        "allowed: more than 90 days, the transition before; "
        "list the transitions by age"
    )


def test_leaving_a_class_before_its_minimum_stay_is_refused() -> None:
    assert problem_of({"transitions": steps((0, "GLACIER"), (89, "DEEP_ARCHIVE"))}) == (
        "transitions[1].after_days: got 89; "
        "allowed: 90 days or more: GLACIER is billed for at least 90 days; "
        "raise it to 90, leave GLACIER out, or set accept_minimum_charges: true to pay for it"
    )


def test_a_minimum_size_below_what_classes_bill_is_refused() -> None:
    assert problem_of({"minimum_object_size_bytes": 131071}) == (
        "minimum_object_size_bytes: got 131071; "
        "allowed: 131072 bytes or more: STANDARD_IA and GLACIER_IR bill smaller objects as 128 KiB; "
        "raise it to 131072, or set accept_minimum_charges: true to pay for it"
    )


def test_two_minimum_sizes_are_refused() -> None:
    assert problem_of(
        {"minimum_object_size_bytes": 131072, "transition_default_minimum_object_size": "varies_by_storage_class"}
    ) == (
        'transition_default_minimum_object_size: got "varies_by_storage_class"; '
        "allowed: nothing beside minimum_object_size_bytes, which decides for every class; "
        "remove one of the two"
    )


def test_expiry_before_the_last_minimum_stay_is_over_is_refused() -> None:
    assert problem_of({"expire_after_days": 179}) == (
        "expire_after_days: got 179; "
        "allowed: 180 days or more, after the move to GLACIER_IR at 90 days and its minimum stay of 90 days; "
        "raise it to 180 or move earlier, or set accept_minimum_charges: true to pay for it"
    )


def test_expiry_before_the_last_move_is_refused_whatever_is_paid() -> None:
    assert problem_of({"expire_after_days": 90, "accept_minimum_charges": True}) == (
        "expire_after_days: got 90; "
        "allowed: 91 days or more, after the move to GLACIER_IR at 90 days; "
        "raise it to 91 or move earlier"
    )


def test_keeping_newer_versions_of_expired_objects_is_refused() -> None:
    assert problem_of({"expire_after_days": 400, "noncurrent_versions": {"keep_newer": 2}}) == (
        "noncurrent_versions.keep_newer: got 2; "
        "allowed: nothing beside expire_after_days: the newest versions of expired objects would be kept for ever; "
        "remove one of the two"
    )


def test_old_versions_that_go_before_their_minimum_stay_are_refused() -> None:
    assert problem_of({"noncurrent_versions": {"archive_after_days": 300}}) == (
        "noncurrent_versions.expire_after_days: got 365; "
        "allowed: 390 days or more, after the move to GLACIER_IR at 300 days and its minimum stay of 90 days; "
        "raise it to 390, lower noncurrent_versions.archive_after_days, "
        "or set accept_minimum_charges: true to pay for it"
    )


def test_old_versions_that_move_to_infrequent_access_before_thirty_days_are_refused() -> None:
    assert problem_of(
        {"transitions": steps((30, "STANDARD_IA")), "noncurrent_versions": {"archive_after_days": 29}}
    ) == (
        "noncurrent_versions.archive_after_days: got 29; "
        "allowed: 30 days or more for STANDARD_IA; "
        "raise it to 30, or set accept_minimum_charges: true to pay for it"
    )


def test_old_versions_that_go_before_they_move_are_refused_whatever_is_paid() -> None:
    assert problem_of(
        {"accept_minimum_charges": True, "noncurrent_versions": {"archive_after_days": 30, "expire_after_days": 30}}
    ) == (
        "noncurrent_versions.expire_after_days: got 30; "
        "allowed: 31 days or more, after the move to GLACIER_IR at 30 days; "
        "raise it to 31, lower noncurrent_versions.archive_after_days"
    )
