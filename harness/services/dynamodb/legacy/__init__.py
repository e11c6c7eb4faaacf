"""The parameters that expressions replaced in 2014, and that AWS still takes.

Source: Developer Guide, "Legacy DynamoDB conditional parameters".
"""
