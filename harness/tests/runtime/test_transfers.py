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
