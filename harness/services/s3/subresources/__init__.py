"""What belongs to a bucket beside its objects: checked, kept and given back."""
