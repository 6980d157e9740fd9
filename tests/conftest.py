"""Its being here lets every test import what stands in this folder (`registers_by_hand`)."""
