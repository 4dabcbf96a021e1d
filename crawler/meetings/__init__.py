"""Which mentions are one meeting: rules with evidence, contradictions, identity, human overrides, the joined record."""
