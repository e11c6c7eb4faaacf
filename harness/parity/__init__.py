"""The same scenario on two backends: is what comes of it the same?"""
