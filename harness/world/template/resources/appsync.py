"""AppSync: the API, its schema, its Lambda data sources and its direct resolvers."""

from collections.abc import Mapping

from harness.world.template.block import Block, vocabulary
from harness.world.template.draft import Draft, DraftApi, DraftResolver
from harness.world.template.graphqlschema import check_syntax
from harness.world.template.node import Position, ScalarNode
from harness.world.template.parsing import read_text, shown_path
from harness.world.template.problems import REMEDY, broken, suggestion
from harness.world.template.resources import words
from harness.world.template.resources.lambdanames import function_of
from harness.world.template.resources.resourcetype import ResourceType, physical_name
from harness.world.template.scope import Declaration, Identification, Scope
from harness.writtenpaths import names_file

API = "AWS::AppSync::GraphQLApi"
DATA_SOURCE = "AWS::AppSync::DataSource"

API_WORDS = vocabulary(
    "AuthenticationType Name",
    accepted={
        "EnhancedMetricsConfig": words.METRICS,
        "LogConfig": words.LOGS,
        "OwnerContact": "it is a comment",
        "Tags": words.TAGS,
        "XrayEnabled": words.TRACING,
    },
    refused="AdditionalAuthenticationProviders ApiType EnvironmentVariables IntrospectionConfig "
    "LambdaAuthorizerConfig MergedApiExecutionRoleArn OpenIDConnectConfig QueryDepthLimit "
    "ResolverCountLimit UserPoolConfig Visibility",
)
SCHEMA_WORDS = vocabulary("ApiId Definition DefinitionS3Location")
SOURCE_WORDS = vocabulary(
    "ApiId LambdaConfig Name Type",
    accepted={
        "Description": "it is a comment",
        "MetricsConfig": words.METRICS,
        "ServiceRoleArn": words.PERMISSIONS,
    },
    refused="DynamoDBConfig ElasticsearchConfig EventBridgeConfig HttpConfig "
    "OpenSearchServiceConfig RelationalDatabaseConfig",
)
LAMBDA_WORDS = vocabulary("LambdaFunctionArn")
RESOLVER_WORDS = vocabulary(
    "ApiId DataSourceName FieldName Kind MaxBatchSize TypeName",
    accepted={"MetricsConfig": words.METRICS},
    refused="CachingConfig Code CodeS3Location PipelineConfig RequestMappingTemplate "
    "RequestMappingTemplateS3Location ResponseMappingTemplate ResponseMappingTemplateS3Location "
    "Runtime SyncConfig",
)
KEY_WORDS = vocabulary(
    "ApiId",
    accepted={"Description": "it is a comment", "Expires": "keys do not expire within a run"},
)
AUTHENTICATION = (
    *("AMAZON_COGNITO_USER_POOLS", "API_KEY", "AWS_IAM", "AWS_LAMBDA", "OPENID_CONNECT"),
)

SOURCE_TYPES = (
    *("AMAZON_BEDROCK_RUNTIME", "AMAZON_DYNAMODB", "AMAZON_ELASTICSEARCH", "AMAZON_EVENTBRIDGE"),
    *("AMAZON_OPENSEARCH_SERVICE", "AWS_LAMBDA", "HTTP", "NONE", "RELATIONAL_DATABASE"),
)


def identify_api(declaration: Declaration, scope: Scope) -> Identification:
    """``Ref`` is the ARN; the id of the API is its logical id."""
    api_id = declaration.logical_id
    arn = scope.identity.arn("appsync", f"apis/{api_id}")
    host = f"appsync-api.{scope.identity.region}.amazonaws.com"
    attributes = {
        "ApiId": api_id,
        "Arn": arn,
        "GraphQLDns": f"{api_id}.{host}",
        "GraphQLUrl": f"https://{api_id}.{host}/graphql",
    }
    return Identification(physical_name(declaration, scope, "Name"), arn, attributes)


def identify_source(declaration: Declaration, scope: Scope) -> Identification:
    """``Ref`` is the ARN."""
    name = physical_name(declaration, scope, "Name")
    arn = scope.identity.arn("appsync", f"datasources/{declaration.logical_id}")
    return Identification(name, arn, {"DataSourceArn": arn, "Name": name})


def identify_part(declaration: Declaration, scope: Scope) -> Identification:
    """Schemas and resolvers: ``Ref`` is an identifier that nothing uses."""
    logical_id = declaration.logical_id
    arn = scope.identity.arn("appsync", f"parts/{logical_id}")
    return Identification(logical_id, arn, {"Id": logical_id, "ResolverArn": arn})


def identify_key(declaration: Declaration, scope: Scope) -> Identification:
    """Make the key of the logical id: it protects nothing here."""
    logical_id = declaration.logical_id
    arn = scope.identity.arn("appsync", f"apikeys/{logical_id}")
    key = f"da2-{logical_id.lower()}"
    return Identification(logical_id, arn, {"ApiKey": key, "ApiKeyId": logical_id, "Arn": arn})


def build_api(declaration: Declaration, block: Block, _scope: Scope, draft: Draft) -> None:
    """Add the API; its parts are found by its id."""
    kind = block.choice("AuthenticationType", AUTHENTICATION)
    if kind is None:
        raise block.missing("AuthenticationType")
    if kind != "API_KEY":
        problem = f"authentication by {kind!r} is not modelled, only 'API_KEY' is"
        raise block.unsupported("AuthenticationType", problem)
    draft.apis[declaration.logical_id] = DraftApi(declaration, block.required("Name"))


def _api(block: Block, scope: Scope, draft: Draft) -> DraftApi:
    api_id = block.required("ApiId")
    found = draft.apis.get(api_id)
    if found is None:
        known = [name for name, known in scope.declarations.items() if known.type_name == API]
        problem = f"{api_id!r} is no GraphQL API of this template{suggestion(api_id, known)}"
        raise block.broken("ApiId", problem)
    return found


def build_schema(declaration: Declaration, block: Block, scope: Scope, draft: Draft) -> None:
    """Give the API its schema, read from the file if it stands in one."""
    api = _api(block, scope, draft)
    if api.schema is not None:
        raise broken(declaration.position, f"{declaration.owner}: the API already has a schema")
    if "Definition" in block:
        written = block.position("Definition")
        api.schema = block.required("Definition")
        api.schema_path = written.path
        api.schema_line, api.schema_column = _beginning(written)
        api.schema_lines = written.lines
    else:
        api.schema_path, api.schema = _schema_file(block, scope, draft)
        api.schema_lines = api.schema.split("\n")


def _beginning(written: Position) -> tuple[int, int]:
    """Return how many lines and columns come before the text of a value that stands at *written*."""
    mark = written.text[written.column - 1 : written.column]
    if mark not in ("|", ">"):
        return written.line - 1, written.column - (0 if mark in ("'", '"') else 1)
    first = next(filter(str.strip, written.lines[written.line :]), "")
    return written.line, len(first) - len(first.lstrip())


def _schema_file(block: Block, scope: Scope, draft: Draft) -> tuple[str, str]:
    location = block.required("DefinitionS3Location")
    if location.startswith("s3://"):
        problem = "'DefinitionS3Location' must be a file beside the template"
        raise block.unsupported("DefinitionS3Location", problem)
    path = scope.path.parent / location
    if not names_file(path):
        raise block.broken("DefinitionS3Location", f"there is no file {location!r}")
    text = draft.inputs[path] = read_text(path, "GraphQL schema")
    return shown_path(path), text


def build_source(_declaration: Declaration, block: Block, scope: Scope, draft: Draft) -> None:
    """Note which function a data source stands for."""
    api = _api(block, scope, draft)
    kind = block.choice("Type", SOURCE_TYPES)
    if kind is None:
        raise block.missing("Type")
    if kind != "AWS_LAMBDA":
        problem = f"a data source of type {kind!r} is not modelled, only 'AWS_LAMBDA' is; {REMEDY}"
        raise block.unsupported("Type", problem)
    function = block.block("LambdaConfig", LAMBDA_WORDS)
    if function is None:
        raise block.missing("LambdaConfig")
    api.sources[block.required("Name")] = function_of(function, "LambdaFunctionArn", scope)


def build_resolver(declaration: Declaration, block: Block, scope: Scope, draft: Draft) -> None:
    """Note a resolver; its data source may not have been read yet."""
    api = _api(block, scope, draft)
    if block.choice("Kind", ("PIPELINE", "UNIT")) == "PIPELINE":
        raise block.unsupported("Kind", f"a pipeline resolver is not modelled; {REMEDY}")
    if block.integer("MaxBatchSize", 0, 2000):
        raise block.unsupported("MaxBatchSize", f"batch resolvers are not modelled; {REMEDY}")
    type_name, field_name, source = (
        _required(block, name) for name in ("TypeName", "FieldName", "DataSourceName")
    )
    api.resolvers.append(DraftResolver(declaration, type_name, field_name, source))


def _required(block: Block, name: str) -> ScalarNode:
    block.required(name)
    found = block.scalar(name)
    assert found is not None, "it has just been required"
    return found


def build_key(_declaration: Declaration, block: Block, scope: Scope, draft: Draft) -> None:
    """Check that the key belongs to an API; any caller has a valid one here."""
    _api(block, scope, draft)


def check_apis(draft: Draft) -> None:
    """Refuse an API without a schema, and a resolver without its field or its data source."""
    for api in draft.apis.values():
        if api.schema is None:
            problem = f"{api.declaration.owner}: the API has no AWS::AppSync::GraphQLSchema"
            raise broken(api.declaration.position, problem)
        types = check_syntax(api)
        for resolver in api.resolvers:
            _check_field(resolver, types)
            source = resolver.source
            if source.text not in api.sources:
                hint = suggestion(source.text, api.sources)
                problem = f"there is no data source {source.text!r}{hint}"
                raise broken(source.position, f"{resolver.declaration.owner}: {problem}")


def _check_field(resolver: DraftResolver, types: Mapping[str, frozenset[str]]) -> None:
    owner, kind, name = resolver.declaration.owner, resolver.type_name, resolver.field_name
    if kind.text not in types:
        problem = f"the schema has no type {kind.text!r}{suggestion(kind.text, types)}"
        raise broken(kind.position, f"{owner}: {problem}")
    fields = types[kind.text]
    if name.text not in fields:
        field = f"{kind.text}.{name.text}"
        problem = f"the schema has no field {field!r}{suggestion(name.text, fields)}"
        raise broken(name.position, f"{owner}: {problem}")


TYPES = (
    ResourceType(API, API_WORDS, identify_api, build_api),
    ResourceType("AWS::AppSync::GraphQLSchema", SCHEMA_WORDS, identify_part, build_schema),
    ResourceType(DATA_SOURCE, SOURCE_WORDS, identify_source, build_source),
    ResourceType("AWS::AppSync::Resolver", RESOLVER_WORDS, identify_part, build_resolver),
    ResourceType("AWS::AppSync::ApiKey", KEY_WORDS, identify_key, build_key),
)
