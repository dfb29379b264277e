// HF2001, HF2004, HF2007, HF2008: spellings that people use, and what only looks like them.
#include "jobs_cases.h"

namespace hfscan {
namespace {

constexpr MatcherCase kEnvOfAJob[] = {
    {"launch.py", R"~(env = {"HF_HOME": "/x"}
env["HF_TOKEN"] = os.environ["HF_TOKEN"]
job = api.run_job(image="python:3.12", command=["python"], env=env)
)~"},
    {"a.py", R"~(create_scheduled_uv_job("s.py", schedule="@hourly", env=dict(HF_TOKEN=token))
)~"},
    {"a.py", R"~(run_job(
    image="x",
    command=["a"],
    env={**base_env, "HUGGING_FACE_HUB_TOKEN": token},
)
)~"},
    {"a.py", R"~(ENV = dict(A="1", HF_TOKEN=get_token())
def main():
    run_uv_job("s.py", env=ENV)
)~"},
    {"a.py", R"~(kwargs = {"image": "i", "env": {"HF_API_TOKEN": t}}
run_job(**kwargs)
)~"},
    {"a.py", R"~(kwargs = dict(env={"HF_API_TOKEN": t})
HfApi().create_scheduled_job(**kwargs)
)~"},
    {"README.md", R"~(# x

```python
hf_jobs("uv", {
  "script": "train.py",
  "env": {"HF_TOKEN": "$HF_TOKEN"}
})
```
)~"},
    {"SKILL.md", R"~(Call `hf_jobs("run", {"image": "x", "env": {"HF_TOKEN": "$HF_TOKEN"}})` now.
)~"},
    {"guide.mdx", R"~(```json
{
  "operation": "scheduled uv",
  "args": {
    "script": "x.py",
    "env": {
      "HF_TOKEN": "$HF_TOKEN"
    }
  }
}
```
)~"},
    {"x.ipynb",
     R"~({"cells": [{"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": null, "source": ["from huggingface_hub import run_job\n", "run_job(image='p', command=['x'], env={'HF_TOKEN': tok})\n"]}], "metadata": {"language_info": {"name": "python"}}, "nbformat": 4, "nbformat_minor": 5})~"},
    {"calls.jsonl",
     R"~({"tool": "hf_jobs", "input": {"operation": "uv", "args": {"script": "a", "env": {"HF_TOKEN": "$HF_TOKEN"}}}}
)~"},
    {"calls.jsonl",
     R"~({"role": "assistant", "content": "hf_jobs(\"uv\", {\"script\": \"a\", \"env\": {\"HF_TOKEN\": \"$HF_TOKEN\"}})"}
)~"},
    {"calls.json",
     R"~({"function": {"name": "hf_jobs", "arguments": "{\"operation\": \"uv\", \"args\": {\"script\": \"a\", \"env\": {\"HF_TOKEN\": \"$HF_TOKEN\"}}}"}})~"},
    {"notes.txt", R"~(To run it:

  run_uv_job("train.py", env={"HF_TOKEN": get_token()})
)~"},
    {"a.py", R"~(asyncio.to_thread(run_uv_job, "s.py", env={"HF_TOKEN": t})
)~"},
    {"a.py", R"~(env = {}
env.update(HF_TOKEN=t)
run_job(image="x", command=c, env=env)
)~"},
    {"a.py", R"~(env = os.environ.copy()
env.update({"HF_TOKEN": t})
run_job(image="x", command=c, env=env)
)~"},
    {"a.py", R"~(def go(tok):
    e = {k: os.environ[k] for k in ["HF_TOKEN", "WANDB"]}
    return run_job(image="x", command=c, env=e)
)~"},
    {"a.py",
     R"~(await client.call_tool("hf_jobs", {"operation": "run", "args": {"image": "x", "env": {"HF_TOKEN": "$HF_TOKEN"}}})
)~"},
    {"a.py", R"~(run_job(image="x", command=c, env={"HF_TOKEN": t} if private else None)
)~"},
    {"a.py", R"~(class J:
    def __init__(self):
        self.env = {"HF_TOKEN": get_token()}
    def go(self):
        run_job(image="x", command=c, env=self.env)
)~"},
    {"docs/api.rst", R"~(Example
=======

.. code-block:: python

    run_job(image="x", command=c, env={"HF_TOKEN": t})
)~"},
    {"docs.md", R"~(```
hf_jobs("uv", {"script": "x", "env": {"HF_TOKEN": "$HF_TOKEN"}})
```
)~"},
    {"docs.md", R"~(```py
>>> run_job(
...     image="x",
...     env={"HF_TOKEN": "x"},
... )
```
)~"},
    {"agent.ts",
     R"~(await client.callTool({ name: "hf_jobs", arguments: { operation: "uv", args: { script: "x", env: { HF_TOKEN: "$HF_TOKEN" } } } });
)~"},
    {"tool.yaml", R"~(tool: hf_jobs
input:
  operation: uv
  args:
    script: a.py
    env:
      HF_TOKEN: $HF_TOKEN
)~"},
    {"a.py", R"~(job = run_uv_job(
    "train.py",
    env={
        "FOO": "1",
        # token
        "HF_TOKEN": os.environ["HF_TOKEN"],
    },
)
)~"},
    {"a.py", R"~(from huggingface_hub import HfApi
HfApi(token=t).run_job(image='x', command=['a'], env = { 'HF_TOKEN' : t })
)~"},
    {"a.py", R"~(env_vars = {"HF_TOKEN": t}
config = {"script": "s", "env": env_vars}
hf_jobs("uv", config)
)~"},
    {"a.py", R"~(hf_jobs(operation="uv", args={"script": "s", "env": {"HF_TOKEN": "$HF_TOKEN"}})
)~"},
    {"prompt.txt", R"~(Call: {"operation": "run", "args": {"image": "x", "env": {"HF_TOKEN": "$HF_TOKEN"}}}
)~"},
    {"a.py", R"~(job_env = os.environ.copy()
job_env["HF_TOKEN"] = token
if x:
    run_job(image="i", command=c, env=job_env)
)~"},
    {"a.py", R"~(from functools import partial
submit = partial(run_job, image="x", env={"HF_TOKEN": t})
)~"},
    {"a.py", R"~(run_job(image="x", command=c, env={"A": "1"} | {"HF_TOKEN": t})
)~"},
    {"a.py", R"~(env: dict[str, str] = {"HF_TOKEN": t}
run_job(image="x", command=c, env=env)
)~"},
    {"a.py", R"~(env = {"A": "b"}
env |= {"HF_TOKEN": t}
run_job(image="x", command=c, env=env)
)~"},
    {"a.py", R"~(def build_env():
    return {"HF_TOKEN": get_token()}
run_job(image="x", command=c, env=build_env())
)~"},
    {"a.py", R"~("""Docs

Example:
    run_job(image="x", command=c, env={"HF_TOKEN": t})
"""
)~"},
};
TEST(Jobs, EnvOfAJob) { expect_found("HF2001", kEnvOfAJob); }

constexpr MatcherCase kEnvOfAJobLeavesAlone[] = {
    {"a.py", R"~(env = {"HF_TOKEN": t}
subprocess.run(cmd, env=env)
run_job(image="x", command=c, env={"A": "1"}, secrets={"HF_TOKEN": t})
)~"},
    {"a.py", R"~(env = {"HF_TOKEN": t}
subprocess.run(cmd, env=env)
env = {"A": "1"}
run_job(image="x", command=c, env=env)
)~"},
    {"a.py", R"~(def a():
    env = {"HF_TOKEN": t}
    subprocess.run(cmd, env=env)

def b(env):
    run_job(image="x", command=c, env=env)
)~"},
    {"a.py",
     R"~(run_job(image="x", command=c, env={"HF_TOKEN_PATH": "/t", "MAX_TOKENS": "3", "TOKENIZERS_PARALLELISM": "false"})
)~"},
    {"a.json",
     R"~({"operation": "uv", "args": {"script": "s", "secrets": {"HF_TOKEN": "$HF_TOKEN"}, "env": {"BATCH": "8"}}}
)~"},
    {"a.json", R"~({"operation": "build", "env": {"HF_TOKEN": "x"}}
)~"},
    {"mcp.json", R"~({"mcpServers": {"hf": {"command": "npx", "env": {"HF_TOKEN": "${HF_TOKEN}"}}}}
)~"},
    {"a.py", R"~(docker_client.containers.run("img", environment={"HF_TOKEN": t})
)~"},
    {"a.md", R"~(Use `secrets={"HF_TOKEN": "$HF_TOKEN"}` and not `env`.
)~"},
    {"a.py", R"~(def run_job(cmd, env={"HF_TOKEN": "x"}):
    pass
)~"},
    {"a.py", R"~(# run_job(env={"HF_TOKEN": t})
run_job(image="x", command=c, secrets={"HF_TOKEN": t})
)~"},
    {"a.py", R"~(run_job(image="x", command=c, labels={"hf_token": "no"}, env={"A": "HF_TOKEN"})
)~"},
};
TEST(Jobs, EnvOfAJobLeavesAlone) { expect_clean("HF2001", kEnvOfAJobLeavesAlone); }

constexpr MatcherCase kLiteralInSecrets[] = {
    {"a.py", R"~(run_job(image="x", command=c, secrets={"HF_TOKEN": "{{hf_token:matchers}}"})
)~"},
    {"a.py", R"~(secrets = {
    "HF_TOKEN": "{{hf_token:matchers}}",
}
run_job(image="x", command=c, secrets=secrets)
)~"},
    {"a.md", R"~(```python
hf_jobs("uv", {
 "script": "x",
 "secrets": {
   "HF_TOKEN": "{{hf_token:matchers}}"
 }
})
```
)~"},
    {"a.json", R"~({"operation": "uv", "args": {"secrets": {"HF_TOKEN": "{{hf_token:matchers}}"}}}
)~"},
    {"a.py",
     R"~(create_repo("x", repo_type="space", space_secrets=[{"key": "HF_TOKEN", "value": "{{hf_token:matchers}}"}])
)~"},
    {"a.py", R"~(HfApi().add_space_secret("me/x", "HF_TOKEN", "{{hf_token:matchers}}")
)~"},
    {"a.sh", R"~(hf spaces secrets add me/x -s HF_TOKEN={{hf_token:matchers}}
)~"},
    {"a.sh", R"~(hf jobs uv run \
  --secrets "HF_TOKEN={{hf_token:matchers}}" \
 x.py
)~"},
    {"a.yml", R"~(steps:
  - run: hf jobs run --secrets HF_TOKEN={{hf_token:matchers}} img cmd
)~"},
    {"a.py", R"~(Sandbox.create(secrets={"HF_TOKEN": "{{hf_token:matchers}}"})
)~"},
    {"a.py", R"~(api.duplicate_space('a/b', secrets=[{'key': 'HF_TOKEN', 'value': '{{hf_token:matchers}}'}])
)~"},
    {"a.py", R"~(create_inference_endpoint("x", secrets=dict(HF_TOKEN="{{hf_token:matchers}}"))
)~"},
    {"x.ipynb",
     R"~({"cells": [{"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": null, "source": ["run_uv_job('a', secrets={'HF_TOKEN': '{{hf_token:matchers}}'})\n"]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})~"},
    {"a.py", R"~(secrets["HF_TOKEN"] = "{{hf_token:matchers}}"
run_job(image="x", command=c, secrets=secrets)
)~"},
    {"a.py", R"~(secrets = {}
secrets["HF_TOKEN"] = "{{hf_token:matchers}}"
hf_jobs("uv", {"script": "x", "secrets": secrets})
)~"},
    {"a.py", R"~(tokens = {"HF_TOKEN": "{{hf_token:matchers}}"}
run_job(image="x", command=c, secrets=tokens)
)~"},
    {"a.py", R"~(T = "{{hf_token:matchers}}"
run_job(image="x", command=c, secrets={"HF_TOKEN": T})
)~"},
    {"Makefile", R"~(x:
	hf jobs run --secrets HF_TOKEN={{hf_token:matchers}} img
)~"},
    {"a.py", R"~(subprocess.run(["hf", "jobs", "run", "--secrets", "HF_TOKEN={{hf_token:matchers}}", "img"])
)~"},
    {"agent.ts", R"~(const args = { operation: "uv", args: { secrets: { HF_TOKEN: "{{hf_token:matchers}}" } } };
)~"},
};
TEST(Jobs, LiteralInSecrets) { expect_found("HF2004", kLiteralInSecrets); }

constexpr MatcherCase kLiteralInSecretsLeavesAlone[] = {
    {"a.py", R"~(run_job(secrets={"HF_TOKEN": "hf_{{repeat:x:34}}"})
)~"},
    {"a.py", R"~(run_job(secrets={"HF_TOKEN": get_token()})
token = "{{hf_token:matchers}}"
)~"},
    {"a.sh", R"~(hf jobs run --secrets HF_TOKEN img
)~"},
    {"a.sh", R"~(hf jobs run --secrets HF_TOKEN=$HF_TOKEN img
)~"},
    {"a.py", R"~(secrets = {"HF_TOKEN": os.environ["HF_TOKEN"]}
)~"},
    {"a.md", R"~(`"secrets": {"HF_TOKEN": "<your token>"}`
)~"},
    {"a.yml", R"~(jobs:
  x:
    uses: a/b@v1
    secrets:
      HF_TOKEN: ${{ secrets.HF_TOKEN }}
)~"},
    {"a.py", R"~(TOKEN = "{{hf_token:matchers}}"
run_job(image="x", env={"A": "b"}, secrets={"HF_TOKEN": get_token()})
)~"},
};
TEST(Jobs, LiteralInSecretsLeavesAlone) { expect_clean("HF2004", kLiteralInSecretsLeavesAlone); }

constexpr MatcherCase kKeyThatNobodyReads[] = {
    {"a.py", R"~(run_job(image="i", command=c, secrets={"MY_TOKEN": os.environ["HF_TOKEN"]})
)~"},
    {"a.py", R"~(run_job(image="i", command=c, secrets=dict(HUGGINGFACE_TOKEN=get_token()))
)~"},
    {"a.json", R"~({"operation": "uv", "args": {"script": "s", "secrets": {"HF_API_KEY": "${HF_TOKEN}"}}}
)~"},
    {"a.py", R"~(secrets = {"TOKEN": os.getenv("HF_TOKEN")}
run_uv_job("x.py", secrets=secrets)
)~"},
    {"a.md", R"~(```python
hf_jobs("run", {"image": "x", "secrets": {"HUGGINGFACE_TOKEN": "$HF_TOKEN"}})
```
)~"},
    {"a.py", R"~(tok = get_token()
run_uv_job("x.py", secrets={"ACCESS_TOKEN": tok})
)~"},
    {"a.py", R"~(run_uv_job("x.py", secrets={"HFTOKEN": huggingface_hub.get_token()})
)~"},
    {"a.py", R"~(create_scheduled_job(image="i", schedule="@daily", command=c, secrets={"hf_token": get_token()})
)~"},
    {"a.py", R"~(run_uv_job("x.py", secrets={"HUGGINGFACE_TOKEN": os.environ.get("HF_TOKEN")})
)~"},
    {"a.sh", R"~(hf jobs run --secrets TOKEN=$HF_TOKEN img python t.py
)~"},
    {"a.py", R"~(run_uv_job("x.py", secrets={"HF_TOKEN": get_token(), "HF_API_TOKEN": get_token()})
)~"},
    {"a.ts", R"~(callTool({ name: "hf_jobs", arguments: { operation: "uv", args: { secrets: { TOKEN: "$HF_TOKEN" } } } })
)~"},
};
TEST(Jobs, KeyThatNobodyReads) { expect_found("HF2007", kKeyThatNobodyReads); }

constexpr MatcherCase kKeyThatNobodyReadsLeavesAlone[] = {
    {"a.py", R"~(run_uv_job("x.py", secrets={"HUGGING_FACE_HUB_TOKEN": get_token()})
)~"},
    {"a.py", R"~(script = """
import os
t = os.environ["MY_TOKEN"]
"""
hf_jobs("uv", {"script": script, "secrets": {"MY_TOKEN": "$HF_TOKEN"}})
)~"},
    {"a.py",
     R"~(run_job(image="i", command=["python", "-c", "import os; print(len(os.getenv('TOK')))"], secrets={"TOK": get_token()})
)~"},
    {"a.py", R"~(run_uv_job("x.py", secrets={"OPENAI_API_KEY": os.environ["OPENAI_API_KEY"], "HF_TOKEN": get_token()})
)~"},
    {"a.py", R"~(create_inference_endpoint("x", secrets={"MY": get_token()})
)~"},
    {"a.py", R"~(run_uv_job("x.py", secrets={"WANDB_API_KEY": wandb_key})
)~"},
    {"a.sh", R"~(hf jobs run --secrets TOK=$HF_TOKEN img bash -c 'HF_TOKEN=$TOK python t.py'
)~"},
    {"a.py",
     R"~(hf_jobs("uv", {"script": "import os\nHfApi(token=os.environ.get('MYTOK'))", "secrets": {"MYTOK": "$HF_TOKEN"}})
)~"},
    {"a.py", R"~(run_uv_job("x.py", secrets={"HF_TOKEN": os.environ["MY_HF_TOKEN"]})
)~"},
};
TEST(Jobs, KeyThatNobodyReadsLeavesAlone) { expect_clean("HF2007", kKeyThatNobodyReadsLeavesAlone); }

constexpr MatcherCase kPlaceholderForThePythonClient[] = {
    {"a.py", R"~(create_scheduled_uv_job("s.py", schedule="@daily", secrets={"HF_TOKEN": "${HF_TOKEN}"})
)~"},
    {"a.py", R"~(run_job(image='i', command=c, env={'HF_TOKEN': '$HF_TOKEN'})
)~"},
    {"a.py", R"~(Sandbox.create(secrets={"HF_TOKEN": "$HF_TOKEN"})
)~"},
    {"a.py", R"~(secrets = dict(HF_TOKEN="$HF_TOKEN")
api.run_uv_job("s.py", secrets=secrets)
)~"},
    {"a.md", R"~(```python
from huggingface_hub import run_job
run_job(
    image="x",
    command=["a"],
    secrets={"HF_TOKEN": "$HF_TOKEN"},
)
```
)~"},
    {"x.ipynb",
     R"~({"cells": [{"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": null, "source": ["run_uv_job('a', secrets={'HF_TOKEN': '$HF_TOKEN'})\n"]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})~"},
    {"a.py", R"~(run_uv_job("s.py", secrets={**base, "HF_TOKEN": "$HF_TOKEN"})
)~"},
    {"a.py", R"~(secrets = {}
secrets["HF_TOKEN"] = "${HF_TOKEN}"
run_job(image="x", command=c, secrets=secrets)
)~"},
};
TEST(Jobs, PlaceholderForThePythonClient) { expect_found("HF2008", kPlaceholderForThePythonClient); }

constexpr MatcherCase kPlaceholderForThePythonClientLeavesAlone[] = {
    {"a.md", R"~(```python
hf_jobs("uv", {"script": "x", "secrets": {"HF_TOKEN": "$HF_TOKEN"}})
```
)~"},
    {"a.py", R"~(run_job(image="i", command=["bash", "-c", "echo $HF_TOKEN"], secrets={"HF_TOKEN": get_token()})
)~"},
    {"a.json", R"~({"operation": "run", "args": {"secrets": {"HF_TOKEN": "$HF_TOKEN"}}}
)~"},
    {"a.py", R"~(run_job(secrets={"HF_TOKEN": os.path.expandvars("$HF_TOKEN")})
)~"},
    {"a.py", R"~(run_job(secrets={"X": "$WANDB"})
)~"},
    {"a.py", R"~(secrets = {"HF_TOKEN": "$HF_TOKEN"}
hf_jobs("uv", {"script": "s", "secrets": secrets})
)~"},
    {"a.py", R"~(run_job(image="x", command=["echo", "$HF_TOKEN"], secrets={"HF_TOKEN": tok})
)~"},
};
TEST(Jobs, PlaceholderForThePythonClientLeavesAlone) { expect_clean("HF2008", kPlaceholderForThePythonClientLeavesAlone); }

TEST(Jobs, SpanBeginsAtTheCallAndEndsWithTheEntry) {
  const std::string text = "x = 1\nhf_jobs(\"uv\", {\n  \"env\": {\"HF_TOKEN\": \"$HF_TOKEN\"}\n})\n";
  const FileHits found = hits_in({"a.py", text});
  ASSERT_EQ(found.hits.size(), 1U);
  EXPECT_EQ(found.hits[0].span.begin, text.find("hf_jobs"));
  EXPECT_EQ(found.hits[0].span.end, text.find("}"));
}

TEST(Jobs, OneMappingOfTwoCallsIsReportedOnce) {
  const FileHits found = hits_in({"a.py", "env = {\"HF_TOKEN\": t}\nrun_job(image=i, env=env)\nrun_job(image=j, env=env)\n"});
  EXPECT_EQ(found.hits.size(), 1U);
}

TEST(Jobs, WrongKeyIsRenamedByItsEdit) {
  const FileHits found = hits_in({"a.py", "run_uv_job(s, secrets={'TOKEN': get_token()})\n"});
  ASSERT_EQ(found.hits.size(), 1U);
  ASSERT_EQ(found.hits[0].edits.size(), 1U);
  EXPECT_EQ(found.hits[0].edits[0].text, "'HF_TOKEN'");
}

}  // namespace
}  // namespace hfscan
