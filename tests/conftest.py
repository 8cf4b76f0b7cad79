"""What all tests share: drawn examples have no clock, for a busy machine is no mistake."""

from hypothesis import settings

settings.register_profile("no clock", deadline=None)
settings.load_profile("no clock")
