"""A stack that is deployed on AWS, driven and looked at by scenarios as far as that goes."""
