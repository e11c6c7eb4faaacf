"""What each CloudFormation resource type means to a simulation: one module a type or family."""
