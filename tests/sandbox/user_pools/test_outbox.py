"""The outbox holds what SES and SNS send, and begins empty."""

import json
from email.message import EmailMessage

from pulumi_aws_sandbox.aws import Connection, in_process
from pulumi_aws_sandbox.runtime import clock, outbox

TO = {"ToAddresses": ["ada@example.com"], "CcAddresses": ["eve@example.com"]}
SENDER = "hello@example.com"


def test_an_email_of_ses_is_one_message_per_address(clients: Connection) -> None:
    ses = clients("ses")
    ses.verify_email_identity(EmailAddress=SENDER)
    message = {"Subject": {"Data": "Hi"}, "Body": {"Text": {"Data": "There"}}}
    ses.send_email(Source=SENDER, Destination=TO, Message=message)
    sent = [(each.kind, each.to, each.subject, each.body, each.sender, each.region) for each in outbox.messages()]
    assert sent == [
        ("email", "ada@example.com", "Hi", "There", SENDER, "eu-west-1"),
        ("email", "eve@example.com", "Hi", "There", SENDER, "eu-west-1"),
    ]


def test_an_email_of_the_second_ses_api_is_there_too(clients: Connection) -> None:
    clients("ses").verify_email_identity(EmailAddress=SENDER)
    content = {"Simple": {"Subject": {"Data": "Hi"}, "Body": {"Html": {"Data": "<p>There</p>"}}}}
    clients("sesv2").send_email(
        FromEmailAddress=SENDER, Destination={"ToAddresses": ["ada@example.com"]}, Content=content
    )
    assert [(each.to, each.body) for each in outbox.messages()] == [("ada@example.com", "<p>There</p>")]


def test_a_raw_email_is_read(clients: Connection) -> None:
    clients("ses").verify_email_identity(EmailAddress=SENDER)
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = SENDER, "ada@example.com", "Grüße"
    message.set_content("Schöne Grüße")
    clients("ses").send_raw_email(Source=SENDER, RawMessage={"Data": message.as_bytes()})
    (sent,) = outbox.messages("ada@example.com")
    assert (sent.subject, sent.body) == ("Grüße", "Schöne Grüße\n")


def test_a_templated_email_is_filled_in(clients: Connection) -> None:
    ses = clients("ses")
    ses.verify_email_identity(EmailAddress=SENDER)
    template = {"TemplateName": "hi", "SubjectPart": "Hi {{name}}", "TextPart": "Code {{code}}"}
    ses.create_template(Template=template)
    data = json.dumps({"name": "Ada", "code": 7})
    ses.send_templated_email(
        Source=SENDER, Template="hi", TemplateData=data, Destination={"ToAddresses": ["ada@example.com"]}
    )
    (sent,) = outbox.messages()
    assert (sent.subject, sent.body) == ("Hi Ada", "Code 7")


def test_an_sms_of_sns_is_there(clients: Connection) -> None:
    attributes = {"AWS.SNS.SMS.SenderID": {"DataType": "String", "StringValue": "APP"}}
    clients("sns").publish(PhoneNumber="+447700900123", Message="Hello", MessageAttributes=attributes)
    (sent,) = outbox.messages("+447700900123")
    assert (sent.kind, sent.body, sent.sender) == ("sms", "Hello", "APP")


def test_a_new_sandbox_begins_with_nothing_sent_and_the_real_time() -> None:
    with in_process("eu-west-1") as clients:
        clients("sns").publish(PhoneNumber="+447700900123", Message="Hello")
        clock.move(3_600)
        ahead = clock.now()
    with in_process("eu-west-1"):
        assert outbox.messages() == []
        assert clock.now() < ahead
