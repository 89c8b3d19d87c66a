from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.certificates.serials import encode, in_groups, make_serial, read_serial

SERIAL = "0123456789ABCDEFGHJKMNPQRS"


def test_serials_are_26_characters_that_differ():
    serials = {make_serial() for _ in range(200)}
    assert len(serials) == 200
    assert all(read_serial(serial) == serial for serial in serials)


@given(st.integers(0, 2**128 - 1))
def test_every_number_of_128_bits_has_one_serial(number):
    serial = encode(number)
    assert read_serial(serial) == serial
    assert int(serial.translate(str.maketrans(
        "ABCDEFGHJKMNPQRSTVWXYZ", "ABCDEFGHIJKLMNOPQRSTUV")), 32) == number  # fmt: skip


def test_a_serial_is_read_as_people_type_it():
    assert read_serial(in_groups(SERIAL).lower()) == SERIAL
    assert read_serial(" 0123 4567-89ab cdef ghjk mnpq rs ") == SERIAL
    assert read_serial("OI23456789ABCDEFGHJKMNPQRS") == SERIAL
    assert read_serial("ol23456789ABCDEFGHJKMNPQRS") == SERIAL


@given(st.text(max_size=40))
def test_what_is_no_serial_is_refused(text):
    assert read_serial(text) is None or len(read_serial(text) or "") == 26


def test_lengths_letters_and_other_scripts_are_refused():
    for text in ("", SERIAL[:-1], f"{SERIAL}0", f"8{SERIAL[1:]}", f"U{SERIAL[1:]}",
                 f"ı{SERIAL[1:]}", f"٠{SERIAL[1:]}", f"{SERIAL[:-1]}!", f"{SERIAL}\n"):  # fmt: skip
        assert read_serial(text) is None, text


def test_a_serial_is_written_in_groups():
    assert in_groups(SERIAL) == "0123-4567-89AB-CDEF-GHJK-MNPQ-RS"
