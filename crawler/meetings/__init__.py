"""Which mentions are one meeting: evidence that weighs, identity, human overrides, the joined record."""
