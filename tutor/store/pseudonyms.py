"""Names for students who give none: a colour and an animal that a class can say aloud."""

from __future__ import annotations

import secrets
from collections.abc import Container
from typing import Final

from tutor.store.texts import key_of

COLOURS: Final = """Amber Azure Coral Crimson Cyan Ebony Golden Green Hazel Indigo Ivory Jade Lilac Lime Maroon Mauve
Mint Olive Orange Pearl Pink Plum Purple Red Ruby Russet Sandy Scarlet Silver Teal Topaz Violet White Yellow""".split()
ANIMALS: Final = """Badger Beaver Bison Camel Cheetah Condor Crane Curlew Dolphin Eagle Egret Falcon Ferret Finch
Gazelle Gecko Heron Ibex Ibis Jackdaw Kestrel Kiwi Koala Lark Lemur Lynx Magpie Marten Merlin Otter Owl Panda Pelican
Penguin Puffin Raven Robin Salmon Seal Sparrow Stork Swallow Swan Tapir Tern Turtle Walrus Wombat Wren Zebra""".split()


def draw_pseudonym(taken: Container[str]) -> str:
    """A name that nobody of the class has. taken: their keys."""
    for _ in range(50):
        name = f"{secrets.choice(COLOURS)} {secrets.choice(ANIMALS)}"
        if key_of(name) not in taken:
            return name
    number = 2
    while key_of(f"{name} {number}") in taken:
        number += 1
    return f"{name} {number}"
