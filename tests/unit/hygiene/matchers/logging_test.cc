// HF6001, HF6002 and HF6004: tokens in the logs of programs.
#include <string_view>

#include "jobs_cases.h"

namespace hfscan {
namespace {

constexpr MatcherCase kLoggedByPythonFound[] = {
    {"app.py", "import os\nprint(HF_TOKEN)\n"},
    {"app.py", "import os\nprint(\"token\", hf_token)\n"},
    {"app.py", "import os\nlogging.info(\"Token: \" + hf_token)\n"},
    {"app.py", "import os\nlogger.error(\"bad %s\", HF_TOKEN)\n"},
    {"app.py", "import os\nraise Exception(f\"Token {hf_token} rejected\")\n"},
    {"app.py", "import os\nprint(\"{}\".format(hf_token))\n"},
    {"app.py", "import os\nprint(f\"Token: {self.hf_token!r}\")\n"},
    {"app.py", "import os\nst.error(f\"invalid {hf_token}\")\n"},
    {"app.py", "import os\nsys.exit(\"bad token \" + HF_TOKEN)\n"},
    {"app.py", "import os\nwarnings.warn(f\"using {HUGGINGFACE_TOKEN}\")\n"},
    {"app.py", "import os\ntoken = os.getenv(\"HF_TOKEN\")\nprint(token)\n"},
    {"app.py",
     "import os\ntoken = os.environ.get(\"HF_TOKEN\")\nif not token:\n    raise SystemExit(1)\nlogger.debug(\"token=%s\", "
     "token)\n"},
    {"app.py", "import os\napi_key = os.environ[\"HF_API_KEY\"]\nprint(f\"key: {api_key}\")\n"},
    {"app.py", "import os\nprint(\"Using token:\", token)\n"},
    {"app.py", "import os\nprint(f\"Your HF token is {access_token}\")\n"},
    {"app.py", "import os\nfrom huggingface_hub import get_token\nprint(get_token())\n"},
    {"app.py", "import os\nprint(os.environ[\"HF_TOKEN\"])\n"},
    {"app.py", "import os\nprint(os.environ.get(\"HUGGINGFACE_TOKEN\", \"\"))\n"},
    {"app.py", "import os\nfrom google.colab import userdata\ntoken = userdata.get(\"HF_TOKEN\")\nprint(f\"got {token}\")\n"},
    {"app.py", "import os\nlogger.info({\"token\": hf_token})\n"},
    {"app.py", "import os\nlog.info(\"x\", extra={\"hf\": hf_token})\n"},
    {"app.py", "import os\nsys.stderr.write(f\"{hf_token}\\n\")\n"},
    {"app.py", "import os\nprint(\n    \"Authenticating with\",\n    hf_token,\n)\n"},
    {"app.py",
     "import os\nclass A:\n    def __init__(self):\n        self.token = os.environ[\"HF_TOKEN\"]\n    def f(self):\n        "
     "print(self.token)\n"},
    {"app.py", "import os\nclick.echo(f\"token {config.hf_token}\")\n"},
    {"app.py", "import os\nprint(str(hf_token))\n"},
    {"app.py", "import os\nassert hf_token\nconsole.print(f\"[bold]{hf_token}[/bold]\")\n"},
    {"app.py", "import os\ntoken = getpass.getpass(\"HF token: \")\nprint(token)\n"},
    {"app.py", "import os\nhf_key = \"x\"\nprint(f\"\"\"key\n{hf_key}\n\"\"\")\n"},
    {"app.py", "import os\nlogger.info(\"headers %s\", {\"Authorization\": f\"Bearer {hf_token}\"})\n"},
    {"app.py", "import os\nraise ValueError(\"Invalid token: \" + repr(hf_token))\n"},
    {"app.py", "import os\ntoken = HfFolder.get_token()  # huggingface_hub\nprint(\"t\", token)\n"},
    {"w.yml",
     "jobs:\n  a:\n    steps:\n      - shell: python\n        run: |\n          import os\n          "
     "print(os.environ[\"HF_TOKEN\"])\n"},
    {"g.md", "# x\n\n```py\nlogger.info(f\"Using token: {token}\")\n```\n"},
    {"x.sh", "python - <<EOF\nimport os\nprint(os.environ[\"HF_TOKEN\"])\nEOF\n"},
    {"a.py", "logging.getLogger(__name__).info(\"token %s\", hf_token)\n"},
    {"a.py", "import os\ntoken = os.environ[\"HF_TOKEN\"]\ndef main():\n    print(\"Token is: \" + token)\n"},
    {"a.py", "import os\nHF = os.environ.get(\"HF_TOKEN\")\nprint(f\"HF={HF}\")\n"},
    {"a.py", "print(\"HF token:\", HF_TOKEN, file=sys.stderr)\n"},
    {"a.py", "raise ValueError(f\"Invalid HF token: {token}\")\n"},
    {"a.py", "print(f\"login with {hf_token.strip()}\")\n"},
    {"a.py", "logger.debug(f\"Request headers: {{'Authorization': 'Bearer {hf_token}'}}\")\n"},
    {"a.py", "st.sidebar.write(\"token\", st.session_state[\"hf_token\"])\n"},
    {"a.py", "st.code(st.session_state.hf_token)\n"},
    {"a.py", "token = args.hf_token\nprint(token)\n"},
    {"a.py", "from dotenv import dotenv_values\ncfg = dotenv_values(\".env\")\nprint(cfg[\"HF_TOKEN\"])\n"},
    {"a.py", "print(json.dumps({\"hf_token\": hf_token}))\n"},
    {"a.py", "print(\"tok=%s user=%s\" % (hf_token, user))\n"},
    {"a.py", "print(\"a\", *[hf_token])\n"},
    {"a.py", "rprint(f\"[red]{hf_token}\")\nlogger.success(\"x\")\n"},
    {"a.py", "raise HfHubHTTPError(\"bad: \" + HF_TOKEN) from e\n"},
    {"a.py", "token = input(\"HF token: \")\nprint(\"You entered your token\", token)\n"},
};

TEST(Logging, LoggedByPythonIsFound) { expect_found("HF6001", kLoggedByPythonFound); }

constexpr MatcherCase kLoggedByPythonClean[] = {
    {"app.py", "import os\nprint(\"HF_TOKEN set\" if HF_TOKEN else \"missing\")\n"},
    {"app.py", "import os\nprint(bool(hf_token))\n"},
    {"app.py", "import os\nprint(f\"{len(hf_token)} chars\")\n"},
    {"app.py", "import os\nprint(hf_token is None)\n"},
    {"app.py", "import os\nlogger.info(\"logged in as %s\", whoami(token=hf_token)[\"name\"])\n"},
    {"app.py", "import os\nprint(f\"Token: {mask_token(hf_token)}\")\n"},
    {"app.py", "import os\nfor token in tokens:\n    print(token)\n"},
    {"app.py", "import os\ntoken = tokenizer.decode(ids)\nprint(token)  # hf_\n"},
    {"app.py", "import os\nprint(f\"Token type: {token.type}\")\n"},
    {"app.py", "import os\nprint(type(hf_token), hash(hf_token))\n"},
    {"app.py", "import os\nprint(\"using your token\")\n"},
    {"app.py", "import os\nraise ValueError(\"HF_TOKEN environment variable is required\")\n"},
    {"app.py",
     "import os\ntoken = os.environ[\"HF_TOKEN\"]\nfor token in client.chat_completion(m, stream=True):\n    "
     "print(token.choices[0].delta.content)\n"},
    {"app.py", "import os\nprint(f\"next token: {token}\")  # huggingface\n"},
    {"app.py", "import os\nprint(HF_TOKEN_PATH, hf_tokens, hf_tokenizer)\n"},
    {"app.py", "import os\ntoken = os.environ[\"HF_TOKEN\"]\nclient = InferenceClient(token=token)\nprint(client)\n"},
    {"app.py", "import os\nprint(\", \".join(str(t) for t in tokens), hf_token != \"\")\n"},
    {"app.py", "import os\nprint(\"✓ HF token configured\" if hf_token and hf_token.startswith(\"hf_\") else \"✗\")\n"},
    {"app.py", "import os\nprint(f\"HF_TOKEN: {'*' * len(hf_token)}\")\n"},
    {"app.py", "import os\nprint(redact(hf_token), hashlib.sha256(hf_token.encode()).hexdigest())\n"},
    {"app.py", "import os\ndef decode(token):\n    print(token)\ntoken = os.getenv(\"HF_TOKEN\")\n"},
    {"app.py", "import os\nprint(not hf_token)\n"},
    {"app.py", "import os\nlogger.info(\"HF_TOKEN present: %s\", \"HF_TOKEN\" in os.environ)\n"},
    {"app.py", "import os\nprint(f\"Token valid: {validate(hf_token)}\")\n"},
    {"app.py", "import os\nwith open(p, \"w\") as f:\n    print(hf_token, file=f)\n"},
    {"app.py", "import os\nprint(f\"{hf_token is not None=}\")\n"},
    {"app.py", "import os\nlogin(token=hf_token)\nprint(\"Logged in!\")\n"},
    {"app.py", "import os\ntok = AutoTokenizer.from_pretrained(\"x\", token=os.environ[\"HF_TOKEN\"])\nprint(tok)\n"},
    {"app.py", "import os\napi = HfApi(token=hf_token)\nprint(api.whoami()[\"name\"])\n"},
    {"app.py", "import os\nprint(os.environ.get(\"HF_TOKEN\") is not None)\n"},
    {"app.py", "import os\nprint(client.get_token(1))\n"},
    {"a.py", "import os\ntoken = os.environ[\"HF_TOKEN\"]\nprint(f\"Token loaded: {'yes' if token else 'no'}\")\n"},
    {"a.py",
     "import os\ntoken = os.environ.get(\"HF_TOKEN\")\nif token is None:\n    raise RuntimeError(\"Please set the "
     "HF_TOKEN\")\nprint(\"Token OK, length\", len(token))\n"},
    {"a.py", "info = HfApi().whoami(token=hf_token)\nlogger.info(f\"Authenticated as {info['name']}\")\n"},
    {"a.py", "text = \" \".join(token for token in tokens)\nprint(text, \"huggingface\")\n"},
    {"a.py", "tokens = tokenizer(\"x\")\nprint(tokens, tokens.input_ids, tokenizer.pad_token)  # HF_TOKEN\n"},
    {"a.py", "import os\nkey = os.environ[\"HF_TOKEN\"]\nfor key, value in d.items():\n    print(key, value)\n"},
    {"a.py", "print(f\"pad token: {tokenizer.pad_token}, eos token: {eos_token}\")\n"},
    {"a.py", "print(\"api_key\" in cfg, HF_TOKEN_ENV)\nlogger.warning(\"HF_TOKEN not found, using anonymous access\")\n"},
    {"a.py", "for i, token in enumerate(stream):\n    sys.stdout.write(token)\n# hf\ntoken = os.getenv(\"HF_TOKEN\")\n"},
    {"a.py", "masked = hf_token[:3] + \"***\"\nprint(masked)\n"},
};

TEST(Logging, LoggedByPythonOnlyAlikeIsNot) { expect_clean("HF6001", kLoggedByPythonClean); }

constexpr MatcherCase kLoggedInPartFound[] = {
    {"app.py", "import os\nprint(hf_token[:10])\n"},
    {"app.py", "import os\nprint(f\"{HF_TOKEN[:6]}...{HF_TOKEN[-4:]}\")\n"},
    {"app.py", "import os\nlogger.info(\"ends with %s\", hf_token[-4:])\n"},
    {"app.py", "import os\nraise ValueError(f\"Invalid token: {token[:10]}\") # HF_TOKEN\n"},
    {"app.py", "import os\nprint(\"Token: \" + hf_token[0:8] + \"...\")\n"},
    {"app.py", "import os\nst.write(f\"Using {hf_token[:7]}***\")\n"},
    {"app.py", "import os\nprint(os.environ[\"HF_TOKEN\"][:5])\n"},
    {"app.py", "import os\nprint(f\"Token: {self.hf_token[:8]}…\")\n"},
    {"app.py", "import os\ntoken = os.environ[\"HF_TOKEN\"]\nprint(\"token:\", token[:4] + \"*\" * 30)\n"},
    {"app.py", "import os\nprint(os.getenv(\"HF_TOKEN\")[:10])\n"},
    {"a.ts", "console.log(`Token: ${hfToken.slice(0, 6)}...`)\n"},
    {"a.js", "console.log(process.env.HF_TOKEN.slice(-4))\n"},
    {"a.js", "console.info(\"hf \" + hfToken.substr(0,8))\n"},
    {"a.ts", "console.log(process.env.HF_TOKEN?.substring(0, 8))\n"},
    {"a.ts", "const token = process.env.HF_TOKEN!;\nconsole.log(`t ${token.slice(0, 10)}`)\n"},
};

TEST(Logging, LoggedInPartIsFound) { expect_found("HF6002", kLoggedInPartFound); }

constexpr MatcherCase kLoggedInPartClean[] = {
    {"app.py", "import os\nif hf_token[:3] != \"hf_\":\n    raise ValueError(\"bad prefix\")\n"},
    {"app.py", "import os\nprint(tokens[:10], hf_tokens[:5])\n"},
    {"app.py", "import os\nassert hf_token[:3] == \"hf_\"\n"},
    {"app.py", "import os\nprefix = hf_token[:3]\nprint(f\"{hf_token[:3]}...\")\n"},
    {"app.py", "import os\nprint(sha256(hf_token.encode()).hexdigest()[:8])\n"},
    {"app.py", "import os\nfor token in sentence:\n    print(token[:10])  # hf_\n"},
    {"app.py", "import os\nprint(token_ids[:10], hf_token is not None)\n"},
    {"app.py", "import os\nprint(input_tokens[:5]) # huggingface\n"},
    {"app.py", "import os\nx = hf_token[:10]\nprint(\"ok\")\n"},
    {"a.js", "console.log(tokens.slice(0, 8), hfToken.startsWith(\"hf_\"))\nconst p = hfToken.slice(0, 8) === \"hf_abcde\"\n"},
};

TEST(Logging, LoggedInPartOnlyAlikeIsNot) { expect_clean("HF6002", kLoggedInPartClean); }

constexpr MatcherCase kLoggedByJavaScriptFound[] = {
    {"a.ts", "console.log(process.env.HF_TOKEN)\n"},
    {"a.ts", "console.log(\"t\", hfToken)\n"},
    {"a.ts", "console.error(`bad ${process.env.HUGGINGFACE_TOKEN}`)\n"},
    {"a.ts", "logger.info({ token: process.env.HF_TOKEN })\n"},
    {"a.ts", "alert(hfToken)\n"},
    {"a.ts", "document.write(\"<p>\" + hfToken + \"</p>\")\n"},
    {"a.ts", "console.table({ hfToken, x: 1 })\n"},
    {"a.ts", "console.log(\"token: \" + import.meta.env.VITE_HF_TOKEN)\n"},
    {"a.ts", "console.log(process.env[\"HF_TOKEN\"])\n"},
    {"a.ts", "console.log(JSON.stringify({ hf_token }))\n"},
    {"a.ts", "const HF_TOKEN = process.env.HF_TOKEN;\nconsole.warn(\"using\", HF_TOKEN)\n"},
    {"a.ts", "console.log(config.hfToken)\n"},
    {"a.ts", "console.log(hfToken ?? \"none\")\n"},
    {"a.ts", "console.log(this.hfToken!)\n"},
    {"a.ts", "console.log(hfToken || \"missing\")\n"},
    {"a.ts", "logger.debug(\"x %s\", hf_api_key)\n"},
    {"a.vue", "<script>\nexport default { mounted() { console.log(this.hfToken) } }\n</script>\n"},
    {"a.js", "console.log({token: process.env.HF_TOKEN})\n"},
    {"a.jsx", "useEffect(() => { console.debug(\"k\", import.meta.env.VITE_HF_TOKEN) }, [])\n"},
    {"a.js", "const { HF_TOKEN } = process.env;\nconsole.log(\"t=\" + HF_TOKEN);\n"},
    {"a.js", "logger.info(`Bearer ${process.env.HUGGINGFACE_API_KEY}`)\n"},
};

TEST(Logging, LoggedByJavaScriptIsFound) { expect_found("HF6004", kLoggedByJavaScriptFound); }

constexpr MatcherCase kLoggedByJavaScriptClean[] = {
    {"a.ts", "console.log(\"HF_TOKEN\")\n"},
    {"a.ts", "console.log(!!hfToken)\n"},
    {"a.ts", "console.log(Boolean(process.env.HF_TOKEN))\n"},
    {"a.ts", "console.log(hfToken.length)\n"},
    {"a.ts", "console.log(hfToken ? \"a\" : \"b\")\n"},
    {"a.ts", "console.log(`token ${hfToken ? \"set\" : \"unset\"}`)\n"},
    {"a.ts", "fetch(u, { headers: { Authorization: `Bearer ${hfToken}` } })\n"},
    {"a.ts", "console.log(mask(hfToken))\n"},
    {"a.ts", "console.log(typeof hfToken, hfToken === undefined)\n"},
    {"a.ts", "if (!process.env.HF_TOKEN) throw new Error(\"HF_TOKEN missing\")\n"},
    {"a.ts", "console.log(hfTokenizer, tokens, HF_TOKEN_URL)\n"},
    {"a.ts", "console.log(process.env.HF_TOKEN !== undefined)\n"},
    {"a.ts", "console.log(hfToken && \"set\")\n"},
    {"a.ts", "console.log(\"HF_TOKEN\" in process.env)\n"},
    {"a.ts", "console.log(Object.keys(process.env).includes(\"HF_TOKEN\"))\n"},
};

TEST(Logging, LoggedByJavaScriptOnlyAlikeIsNot) { expect_clean("HF6004", kLoggedByJavaScriptClean); }

}  // namespace
}  // namespace hfscan
