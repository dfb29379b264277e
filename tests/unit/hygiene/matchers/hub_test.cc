// HF2010, HF2011, HF2012, HF2013, HF2014: spellings that people use, and what only looks like them.
#include "jobs_cases.h"

namespace hfscan {
namespace {

constexpr MatcherCase kVariableOfASpace[] = {
    {"a.py", R"~(api.add_space_variable("me/x", "HF_TOKEN", token)
)~"},
    {"a.py", R"~(api.add_space_variable(repo_id="me/x", key="HUGGINGFACE_API_KEY", value=os.environ["K"])
)~"},
    {"a.py", R"~(api.add_space_variable(repo_id="me/x", key="AUTH", value=get_token())
)~"},
    {"a.py", R"~(KEY = "HF_TOKEN"
api.add_space_variable("me/x", KEY, "v")
)~"},
    {"a.py", R"~(duplicate_space("a/b", variables=[{"key": "HF_TOKEN", "value": t}])
)~"},
    {"a.py", R"~(vars = [
  {"key": "MODEL", "value": "m"},
  {"key": "HF_TOKEN", "value": t},
]
create_repo("x", repo_type="space", space_variables=vars)
)~"},
    {"a.py", R"~(for name in ["HF_TOKEN", "MODEL"]:
    add_space_variable(repo, name, os.environ[name])
)~"},
    {"a.py", R"~(for k, v in api_keys.items():
    api.add_space_variable(repo_id=r, key=k, value=v)
)~"},
    {"a.sh", R"~(hf spaces variables add me/x --env HF_TOKEN=$HF_TOKEN
)~"},
    {"a.sh", R"~(hf repo create me/x --type space -e HF_TOKEN
)~"},
    {"a.sh", R"~(hf repos duplicate a/b c/d \
  --type space \
  --env HF_TOKEN=abc
)~"},
    {".github/workflows/d.yml", R"~(on: push
jobs:
  a:
    steps:
      - run: hf spaces variables add me/x -e HF_TOKEN=${{ secrets.HF_TOKEN }}
)~"},
    {"a.py", R"~(api.add_space_variable("me/x", "SOME", "{{hf_token:matchers}}")
)~"},
    {"a.md", R"~(```python
>>> api.add_space_variable(repo_id=repo_id, key="HF_TOKEN", value="hf_api_***")
```
)~"},
    {"a.py", R"~(env = {"HF_TOKEN": t, "M": "x"}
for k, v in env.items():
    api.add_space_variable(r, k, v)
)~"},
    {"a.py", R"~(def push(creds):
    for key in creds:
        api.add_space_variable(repo, key, creds[key])
)~"},
    {"a.py", R"~(from huggingface_hub import add_space_variable
add_space_variable("me/x",
                   "HUGGINGFACEHUB_API_TOKEN",
                   os.environ["HF_TOKEN"])
)~"},
    {"a.py", R"~(api.duplicate_repo("a/b", repo_type="space", space_variables=[dict(key="HF_TOKEN", value=t)])
)~"},
    {"a.py", R"~(for secret_name, secret_value in SECRETS.items():
    try:
        api.add_space_variable(repo_id=r, key=secret_name, value=secret_value)
    except Exception:
        pass
)~"},
    {"a.py", R"~(for key, value in keys.items():
    add_space_variable(r, key, value)
)~"},
    {"a.py", R"~(subprocess.run(["hf", "spaces", "variables", "add", "me/x", "-e", f"HF_TOKEN={t}"])
)~"},
    {"Makefile", R"~(x:
	hf spaces variables add me/x -e HF_TOKEN=$(HF_TOKEN)
)~"},
};
TEST(Hub, VariableOfASpace) { expect_found("HF2010", kVariableOfASpace); }

constexpr MatcherCase kVariableOfASpaceLeavesAlone[] = {
    {"a.py", R"~(for k, v in variables.items():
    api.add_space_variable(r, k, v)
for k, v in secrets.items():
    api.add_space_secret(r, k, v)
)~"},
    {"a.py", R"~(api.add_space_variable("me/x", "MAX_TOKENS", "512", token=hf_token)
)~"},
    {"a.py", R"~(api.add_space_variable("me/hf_token", "MODEL", "x")
)~"},
    {"a.sh", R"~(hf spaces variables add me/x -e MODEL=gpt2
hf spaces secrets add me/x -s HF_TOKEN
)~"},
    {"a.py", R"~(api.delete_space_variable("me/x", "HF_TOKEN")
)~"},
    {"a.py", R"~(duplicate_space("a/b", secrets=[{"key": "HF_TOKEN", "value": t}], variables=[{"key": "M", "value": "x"}])
)~"},
    {"a.py",
     R"~(create_repo("x", space_secrets=[{"key": "HF_TOKEN", "value": t}], space_variables=[{"key": "A", "value": "b"}])
)~"},
    {"a.py", R"~(for k, v in config.items():
    api.add_space_variable(r, k, v)
)~"},
    {"a.py", R"~(for token in ["a"]:
    print(token)
api.add_space_variable(r, "K", "v")
)~"},
    {"a.sh", R"~(hf repos create me/x -e HF_HOME=/data --secrets HF_TOKEN
)~"},
    {"a.py", R"~(for key, value in {**public_vars}.items():
    api.add_space_variable(repo_id, key, value)
)~"},
};
TEST(Hub, VariableOfASpaceLeavesAlone) { expect_clean("HF2010", kVariableOfASpaceLeavesAlone); }

constexpr MatcherCase kTokenInAStaticSpace[] = {
    {"app.ts", R"~(const token = window.huggingface?.variables?.["HF_TOKEN"];
)~"},
    {"index.html", R"~(<script type="module">
 const { HF_TOKEN } = window.huggingface.variables;
</script>
)~"},
    {"app.jsx", R"~(const v = window.huggingface?.variables ?? {};
fetch(u, {headers: {Authorization: `Bearer ${v.HF_TOKEN}`}});
)~"},
    {"App.vue", R"~(<script>
const t = window.huggingface.variables.HUGGINGFACE_API_KEY
</script>
)~"},
    {"README.md", R"~(```js
const t = window.huggingface
  .variables
  .HF_TOKEN
```
)~"},
    {"a.svelte", R"~(<script>let t = window?.huggingface?.variables?.HF_API_TOKEN || "";</script>
)~"},
    {"a.js", R"~(const t = (window as any).huggingface.variables.HF_TOKEN
)~"},
    {"a.js", R"~(const t = window["huggingface"]["variables"]["HF_TOKEN"]
)~"},
    {"a.js", R"~(const t = globalThis.huggingface.variables.hf_token
)~"},
    {"index.html", R"~(<script>
const vars = window.huggingface && window.huggingface.variables;
const t = vars && vars.HF_TOKEN;
</script>
)~"},
    {"a.js", R"~(const t = window.huggingface?.variables[`HF_TOKEN`]
)~"},
    {"a.js", R"~(let token = huggingface.variables.HUGGINGFACE_TOKEN;
)~"},
    {"a.js", R"~(const {variables} = window.huggingface; use(variables.HF_TOKEN)
)~"},
    {"x.py", R"~(html = """<script>const t = window.huggingface.variables.HF_TOKEN;</script>"""
)~"},
};
TEST(Hub, TokenInAStaticSpace) { expect_found("HF2011", kTokenInAStaticSpace); }

constexpr MatcherCase kTokenInAStaticSpaceLeavesAlone[] = {
    {"a.js", R"~(const t = window.huggingface.variables.MODEL_ID
)~"},
    {"a.js", R"~(const t = window.huggingface.variables.HF_TOKENIZER
)~"},
    {"a.js", R"~(const { OAUTH_CLIENT_ID } = window.huggingface.variables; const t = process.env.HF_TOKEN
)~"},
    {"a.js", R"~(if (window.huggingface?.variables) { login() }
)~"},
    {"a.js", R"~(const {variables} = window.huggingface; use(variables.MODEL)
const h = process.env.HF_TOKEN
)~"},
    {"a.js", R"~(const t = window.huggingface.variables.HF_TOKEN_PATH
)~"},
};
TEST(Hub, TokenInAStaticSpaceLeavesAlone) { expect_clean("HF2011", kTokenInAStaticSpaceLeavesAlone); }

constexpr MatcherCase kTokenInABundle[] = {
    {".env.local", R"~(NEXT_PUBLIC_HF_TOKEN=
)~"},
    {"Dockerfile", R"~(FROM node
ARG VITE_HF_API_KEY
ENV REACT_APP_HUGGINGFACE_TOKEN=$X
)~"},
    {"a.js", R"~(fetch(u,{headers:{a:process.env.REACT_APP_HUGGINGFACE_API_KEY}})
)~"},
    {"a.yml", R"~(jobs:
  b:
    env:
      NEXT_PUBLIC_HUGGINGFACE_API_TOKEN: ${{ secrets.HF }}
)~"},
    {"a.svelte", R"~(<script>import { PUBLIC_HF_TOKEN } from "$env/static/public";</script>
)~"},
    {"app.config.js", R"~(export default { extra: { t: process.env.EXPO_PUBLIC_HF_TOKEN } }
)~"},
    {"next.config.js", R"~(/** @type {import("next").NextConfig} */
const nextConfig = {
  reactStrictMode: true,
  env: {
    HF_TOKEN: process.env.HF_TOKEN,
  },
};
module.exports = nextConfig;
)~"},
    {"next.config.mjs", R"~(export default { env: { "HUGGINGFACE_API_KEY": process.env.HUGGINGFACE_API_KEY } }
)~"},
    {"src/x.ts", R"~(const k = process.env["VUE_APP_HF_TOKEN"]
)~"},
    {"gatsby.md", R"~(Set `GATSBY_HF_TOKEN`.
)~"},
    {"vercel.json", R"~({"env": {"NUXT_PUBLIC_HF_TOKEN": "@hf"}}
)~"},
    {"a.config.ts",
     R"~(export default defineNuxtConfig({ runtimeConfig: { public: { k: process.env.NUXT_PUBLIC_HF_TOKEN } } })
)~"},
    {".env", R"~(VITE_HUGGINGFACE_API_KEY=abc
)~"},
    {"environment.ts", R"~(export const environment = { t: process.env["NG_APP_HF_API_KEY"] };
)~"},
    {"compose.yaml", R"~(services:
  web:
    build:
      args:
        - VITE_HF_TOKEN=${HF_TOKEN}
)~"},
};
TEST(Hub, TokenInABundle) { expect_found("HF2012", kTokenInABundle); }

constexpr MatcherCase kTokenInABundleLeavesAlone[] = {
    {"a.ts", R"~(const k = process.env.HF_TOKEN; const p = import.meta.env.VITE_TOKENIZER
)~"},
    {"a.ts", R"~(const k = process.env.NEXT_PUBLIC_HF_SPACE_ID; const z = import.meta.env.VITE_HF_TOKEN_LIMIT
)~"},
    {"next.config.js", R"~(module.exports = { env: { MODEL: process.env.MODEL } }
)~"},
    {"server.ts", R"~(spawn("x", { env: { HF_TOKEN: process.env.HF_TOKEN } })
)~"},
    {"a.ts", R"~(const k = import.meta.env.VITE_MAPBOX_TOKEN
)~"},
    {"a.ts", R"~(const k = process.env.NEXT_PUBLIC_HF_HOME
)~"},
    {"a.md", R"~(Set `HF_TOKEN` in the server environment, not in `NEXT_PUBLIC_API_URL`.
)~"},
    {"next.config.js", R"~(module.exports = { serverRuntimeConfig: { HF_TOKEN: process.env.HF_TOKEN } }
)~"},
};
TEST(Hub, TokenInABundleLeavesAlone) { expect_clean("HF2012", kTokenInABundleLeavesAlone); }

constexpr MatcherCase kEnvOfAnEndpoint[] = {
    {"a.py", R"~(api.create_inference_endpoint(
    "n",
    repository="r",
    env={
        "MAX": "1",
        "HF_TOKEN": get_token(),
    },
)
)~"},
    {"a.py", R"~(image = {"url": "i", "env": {"HF_TOKEN": t}}
create_inference_endpoint("x", custom_image=image)
)~"},
    {"a.py", R"~(update_inference_endpoint("x", env=dict(HUGGINGFACE_TOKEN=t))
)~"},
    {"a.py", R"~(endpoint.update(custom_image={"health_route": "/h", "env": {"HF_TOKEN": t}})
)~"},
    {"a.sh", R"~(hf endpoints deploy x --repo r --env HF_TOKEN=$HF_TOKEN
)~"},
    {"a.sh", R"~(hf endpoints update x \
  -e HF_TOKEN
)~"},
    {"a.md", R"~(```python
endpoint = create_inference_endpoint(
  "x",
  custom_image={
    "env": {"HF_TOKEN": "hf_..."},
  },
)
```
)~"},
    {"a.py", R"~(env = {}
env["HF_TOKEN"] = t
hub.create_inference_endpoint("x", env=env)
)~"},
    {"a.py", R"~(create_inference_endpoint("x", custom_image=dict(url="u", env=dict(HF_TOKEN=t)))
)~"},
    {"a.py", R"~(params = {"env": {"HF_TOKEN": t}}
create_inference_endpoint("x", **params)
)~"},
    {"a.ipynb",
     R"~({"cells": [{"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": null, "source": ["endpoint = create_inference_endpoint(\n", "    'x',\n", "    custom_image={'env': {'HF_TOKEN': t}},\n", ")\n"]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})~"},
};
TEST(Hub, EnvOfAnEndpoint) { expect_found("HF2013", kEnvOfAnEndpoint); }

constexpr MatcherCase kEnvOfAnEndpointLeavesAlone[] = {
    {"a.py",
     R"~(create_inference_endpoint("x", custom_image={"env": {"MODEL_ID": "/r"}}, secrets={"HF_TOKEN": t}, token=t)
)~"},
    {"a.sh", R"~(hf endpoints deploy x --secrets HF_TOKEN
)~"},
    {"a.py", R"~(env.update({"HF_TOKEN": t})
create_inference_endpoint("x", env={"A": "b"})
)~"},
    {"a.sh", R"~(hf endpoints list
docker run -e HF_TOKEN x
)~"},
};
TEST(Hub, EnvOfAnEndpointLeavesAlone) { expect_clean("HF2013", kEnvOfAnEndpointLeavesAlone); }

constexpr MatcherCase kEnvOfASandbox[] = {
    {"a.py", R"~(with Sandbox.create(image="x", env={"HF_TOKEN": t}) as s:
    pass
)~"},
    {"a.py", R"~(e = {"HF_TOKEN": t}
sbx = Sandbox.create(env=e)
)~"},
    {"a.sh", R"~(hf sandbox create -e HF_TOKEN
)~"},
    {"a.sh", R"~(hf sandbox create --env HF_TOKEN=$HF_TOKEN --flavor x
)~"},
    {"a.sh", R"~(hf sandbox create --forward-hf-token
)~"},
    {"a.py", R"~(sbx = await huggingface_hub.Sandbox.create(
    image="x",
    forward_hf_token=True,
)
)~"},
    {"a.md", R"~(```python
sbx = pool.create(forward_hf_token=True)
```
)~"},
    {"a.py", R"~(sbx = Sandbox.create(env=dict(HUGGING_FACE_HUB_TOKEN=t), flavor="x")
)~"},
    {"a.yml", R"~(steps:
  - run: hf sandbox create -e HF_TOKEN=${{ secrets.HF_TOKEN }}
)~"},
};
TEST(Hub, EnvOfASandbox) { expect_found("HF2014", kEnvOfASandbox); }

constexpr MatcherCase kEnvOfASandboxLeavesAlone[] = {
    {"a.py", R"~(pool.create(env={"HF_TOKEN": t})
)~"},
    {"a.sh", R"~(hf sandbox create --pool=x -e HF_TOKEN
)~"},
    {"a.py", R"~(Sandbox.create(secrets={"HF_TOKEN": t})
)~"},
    {"a.py", R"~(Sandbox.create(forward_hf_token=False)
)~"},
    {"a.py", R"~(from modal import Sandbox
Sandbox.create("x", secrets=[modal.Secret.from_name("hf")])
)~"},
    {"a.sh", R"~(hf sandbox create --secrets HF_TOKEN -e SEED=1
)~"},
    {"a.py", R"~(from e2b import Sandbox
Sandbox.create(envs={"HF_TOKEN": t})
)~"},
};
TEST(Hub, EnvOfASandboxLeavesAlone) { expect_clean("HF2014", kEnvOfASandboxLeavesAlone); }

TEST(Hub, ForwardingTheTokenIsANote) {
  const FileHits found = hits_in({"a.py", "Sandbox.create(forward_hf_token=True)\n"});
  ASSERT_EQ(found.hits.size(), 1U);
  EXPECT_EQ(found.hits[0].severity, Severity::note);
}

}  // namespace
}  // namespace hfscan
