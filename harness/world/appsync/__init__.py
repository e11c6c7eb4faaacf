"""AppSync: a GraphQL query in, resolver events to functions, AppSync's answer out."""
