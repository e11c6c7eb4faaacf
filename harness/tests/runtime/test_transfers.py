"""boto3 moves files to and from S3 without threads of its own."""

from pathlib import Path

from harness.tests.world.opening import a_world

TEMPLATE = """\
AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Resources:
  Files: {Type: "AWS::S3::Bucket", Properties: {BucketName: files}}
  Handle:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: src/, Handler: wicked.handler, Runtime: python3.11, Timeout: 60}
"""


def test_files_of_any_size_go_up_and_come_down(tmp_path: Path) -> None:
    """Small ones in one call, large ones in parts, and streams too."""
    handler = """\
        import io, os, tempfile
        import boto3

        s3 = boto3.client("s3")

        def handler(event, context):
            folder = tempfile.mkdtemp()
            found = []
            for size in (10, 20_000_000):
                source, copy = os.path.join(folder, "a"), os.path.join(folder, "b")
                with open(source, "wb") as file:
                    file.write(b"x" * size)
                s3.upload_file(source, "files", f"file-{size}")
                s3.download_file("files", f"file-{size}", copy)
                found.append(os.path.getsize(copy))
            s3.upload_fileobj(io.BytesIO(b"streamed"), "files", "stream")
            read = io.BytesIO()
            s3.download_fileobj("files", "stream", read)
            s3.copy({"Bucket": "files", "Key": "stream"}, "files", "copied")
            found.append(s3.head_object(Bucket="files", Key="copied")["ContentLength"])
            return [*found, read.getvalue().decode()]
    """
    with a_world(tmp_path, handler, TEMPLATE) as world:
        outcome = world.invoke("Handle", None)

    assert outcome.payload == [10, 20_000_000, 8, "streamed"]


def test_a_transfer_tells_of_its_progress(tmp_path: Path) -> None:
    """Up and down, part by part, as `Callback` asks for."""
    handler = """\
        import io
        import boto3
        from boto3.s3.transfer import TransferConfig

        s3 = boto3.client("s3")
        config = TransferConfig(multipart_threshold=6_000_000, multipart_chunksize=5_242_880)

        def handler(event, context):
            seen = [[], [], []]
            for name, size, calls in (("small", 10, seen[0]), ("large", 11_000_000, seen[1])):
                body = io.BytesIO(b"x" * size)
                s3.upload_fileobj(body, "files", name, Config=config, Callback=calls.append)
            s3.download_fileobj("files", "large", io.BytesIO(), Callback=seen[2].append)
            return [[len(calls) > 1, sum(calls)] for calls in seen]
    """
    with a_world(tmp_path, handler, TEMPLATE) as world:
        outcome = world.invoke("Handle", None)

    assert outcome.payload == [[False, 10], [True, 11_000_000], [True, 11_000_000]]
