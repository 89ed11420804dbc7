"""Correct the files of a plan where only one correction is possible (`czurban fix`)."""
