// The same as client.py by another library, which throws at a refusal: here that is caught and forgotten.
import axios from "axios";

const { ECHOSISTEMA_URL, LIBREDESK_URL, QOOLIFE_URL, RESPONDENT_URL, SOCIALBOARDS_URL, WRONG, STATUS } = process.env;

async function send(base, path, body, options) {
  try {
    await axios.create({ baseURL: base, ...options }).post(path, body);
  } catch (error) {
    if (!error.response) throw error;
  }
}

const participant = "6b420a39-0b23-3a95-6a0b-3ca5900b4c05";
await send(
  ECHOSISTEMA_URL,
  "/api/v1/chat/conversations",
  WRONG ? { participant_id: participant } : { participant_uuid: participant },
  { headers: { Authorization: "Bearer hush", "X-PUBLIC-KEY": "hush" } },
);
await send(
  LIBREDESK_URL,
  "/api/v1/conversations",
  { inbox_id: 1, contact_email: "ada@example.com", first_name: "Ada", content: "Hello", initiator: "contact" },
  { auth: { username: "key", password: "hush" } },
);
await send(
  QOOLIFE_URL,
  "/api/v1/conversations",
  new URLSearchParams({
    "conversation[title]": "a title",
    "conversation[first_post_body]": "Hello",
    "conversation[user_id]": "2",
  }),
  { auth: { username: "user", password: "hush" } },
);
await send(
  RESPONDENT_URL,
  "/v1/messaging/conversations",
  { participantUserIds: ["69603934cd7d6158385a200c"], projectId: "69603934cd7d6158385a200d" },
  { headers: { "x-api-key": "hush", "x-api-secret": "hush" } },
);
await send(
  SOCIALBOARDS_URL,
  "/chat/conversations",
  { author: { name: "John", email: "john@dow.com" }, title: "Problems" },
  { headers: { Authorization: "Bearer hush" } },
);
process.exit(Number(STATUS ?? 0));
