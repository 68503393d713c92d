"""Creates a conversation at each of the five APIs, as an application does: by an HTTP library, and without a look at the answer.

WRONG=1 has it send one field under a wrong name. STATUS is its exit code.
"""

import os
import sys

import requests

PARTICIPANT = "6b420a39-0b23-3a95-6a0b-3ca5900b4c05"


def main():
    participant = "participant_id" if os.environ.get("WRONG") else "participant_uuid"
    requests.post(
        os.environ["ECHOSISTEMA_URL"] + "/api/v1/chat/conversations",
        headers={"Authorization": "Bearer hush", "X-PUBLIC-KEY": "hush"},
        json={participant: PARTICIPANT},
    )
    requests.post(
        os.environ["LIBREDESK_URL"] + "/api/v1/conversations",
        auth=("key", "hush"),
        json={
            "inbox_id": 1,
            "contact_email": "ada@example.com",
            "first_name": "Ada",
            "content": "Hello",
            "initiator": "contact",
        },
    )
    requests.post(
        os.environ["QOOLIFE_URL"] + "/api/v1/conversations",
        auth=("user", "hush"),
        data={
            "conversation[title]": "a title",
            "conversation[first_post_body]": "Hello",
            "conversation[user_id]": "2",
        },
    )
    requests.post(
        os.environ["RESPONDENT_URL"] + "/v1/messaging/conversations",
        headers={"x-api-key": "hush", "x-api-secret": "hush"},
        json={
            "participantUserIds": ["69603934cd7d6158385a200c"],
            "projectId": "69603934cd7d6158385a200d",
        },
    )
    requests.post(
        os.environ["SOCIALBOARDS_URL"] + "/chat/conversations",
        headers={"Authorization": "Bearer hush"},
        json={"author": {"name": "John", "email": "john@dow.com"}, "title": "Problems"},
    )
    # A test of error handling, which says that it is one.
    requests.post(
        os.environ["RESPONDENT_URL"] + "/v1/messaging/conversations",
        headers={"x-api-key": "hush", "x-api-secret": "hush", "Mynah-Expect": "required"},
        json={"projectId": "69603934cd7d6158385a200d"},
    )


main()
sys.exit(int(os.environ.get("STATUS", "0")))
