"""What holds for all tests."""

try:
    from hypothesis import settings
except ImportError:  # in the small environments of requirements-ftm.txt and requirements-s3-test.txt
    settings = None

if settings is not None:
    # How long an example takes says how busy the machine is.
    settings.register_profile("any machine", deadline=None)
    settings.load_profile("any machine")
