-- Qoolife's documented request, for wrk. See docs/performance.md.
wrk.method = "POST"
wrk.path = "/api/v1/conversations"
wrk.headers["Authorization"] = "Basic dXNlcjpwYXNzd29yZA=="
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"conversation":{"title":"a title","first_post_body":"Wow folks whats app","user_id":2}}'
