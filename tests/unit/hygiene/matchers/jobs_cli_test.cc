// HF2002, HF2005, HF2006: spellings that people use, and what only looks like them.
#include "jobs_cases.h"

namespace hfscan {
namespace {

constexpr MatcherCase kEnvOption[] = {
    {"Makefile", R"~(train:
	hf jobs run --flavor t4-small -e HF_TOKEN=$$HF_TOKEN python:3.12 python t.py
)~"},
    {"justfile", R"~(train:
    hf jobs uv run -e HF_TOKEN train.py
)~"},
    {"a.sh", R"~(hf jobs uv run "${args[@]}" -e HF_TOKEN train.py
)~"},
    {".github/workflows/a.yml", R"~(on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - run: |
          hf jobs uv run \
            --flavor a10g-small \
            --env HF_TOKEN=${{ secrets.HF_TOKEN }} \
            train.py
)~"},
    {"README.md", R"~(```bash
$ hf jobs scheduled uv run "0 0 * * *" --env=HF_TOKEN job.py
```
)~"},
    {"x.ipynb",
     R"~({"cells": [{"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": null, "source": ["!hf jobs run -e HF_TOKEN=$HF_TOKEN python:3.12 python a.py\n"]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})~"},
    {"package.json", R"~({"scripts": {"train": "hf jobs run -e HF_TOKEN python:3.12 node x.js"}}
)~"},
    {"sub.py", R"~(subprocess.run(["hf", "jobs", "run", "-e", f"HF_TOKEN={token}", "python:3.12", "python"])
)~"},
    {"sub.py", R"~(os.system("hf jobs uv run -e HF_TOKEN train.py")
)~"},
    {"t.ps1", R"~(hf jobs run -e HF_TOKEN=$env:HF_TOKEN python:3.12 python a.py
)~"},
    {"Jenkinsfile", R"~(node {
  sh 'hf jobs run -e HF_TOKEN python:3.12 python a.py'
}
)~"},
    {"Jenkinsfile", R"~(node {
  sh '''
    hf jobs run -e HF_TOKEN python:3.12 python a.py
  '''
}
)~"},
    {"Taskfile.yml", R"~(version: '3'
tasks:
  t:
    cmds:
      - hf jobs run --env HUGGING_FACE_HUB_TOKEN python:3.12 python a.py
)~"},
    {"job.sbatch", R"~(#!/bin/bash
#SBATCH -N1
HF_HOME=/x uvx hf jobs uv run --with trl -e "HF_TOKEN=${HF_TOKEN}" https://x/y.py --epochs 3
)~"},
    {"a.sh", R"~(if true; then nohup hf jobs run -d --timeout 2h -eHF_TOKEN img cmd & fi
)~"},
    {"a.sh", R"~(bash -c "hf jobs run -e HF_TOKEN img cmd"
)~"},
    {"Dockerfile", R"~(FROM python
RUN hf jobs uv run -e HF_TOKEN x.py
CMD ["hf", "jobs", "run", "-e", "HF_TOKEN", "img"]
)~"},
    {"notes.txt", R"~(Start it with

    hf jobs run -e HF_TOKEN python:3.12 python a.py
)~"},
    {"doc.rst", R"~(Run::

    hf jobs run -e HF_TOKEN python:3.12 python a.py
)~"},
    {"pyproject.toml", R"~([tool.poe.tasks]
train = "hf jobs uv run -e HF_TOKEN train.py"
)~"},
    {"a.fish", R"~(set -x A b
hf jobs run -e HF_TOKEN img cmd
)~"},
    {"test.bats", R"~(@test "x" {
  run hf jobs run -e HF_TOKEN img cmd
}
)~"},
    {"a.sh", R"~(hf jobs run --flavor a10g-small --timeout 3h -l x=y --env HF_TOKEN --env A=b -v hf://x:/y img cmd
)~"},
    {"a.sh", R"~(CMD="hf jobs uv run -e HF_TOKEN train.py"
eval "$CMD"
)~"},
    {"a.sh", R"~(JOB=$(hf jobs run -d -e HF_TOKEN img cmd)
)~"},
    {"a.sh", R"~(for m in a b; do
  hf jobs uv run -d \
     -e MODEL=$m \
     -e HF_TOKEN="$HF_TOKEN" \
     eval.py
done
)~"},
    {".circleci/config.yml", R"~(version: 2.1
jobs:
  b:
    docker:
      - image: x
    steps:
      - run:
          name: x
          command: hf jobs run -e HF_TOKEN img cmd
)~"},
    {"azure-pipelines.yml", R"~(steps:
- script: |
    hf jobs run -e HF_TOKEN=$(HF_TOKEN) img cmd
)~"},
    {"docs/x.md", R"~(Then run `hf jobs uv run -e HF_TOKEN train.py` to start.
)~"},
    {"docs/x.md", R"~(1. Do
   ```bash
   hf jobs uv run -e HF_TOKEN train.py
   ```
)~"},
    {"a.py", R"~(cmd = ["hf", "jobs", "uv", "run", "--env", "HF_TOKEN", "x.py"]
subprocess.check_call(cmd)
)~"},
    {"a.py", R"~("""Usage:

    hf jobs uv run --flavor a100-large -e HF_TOKEN train.py
"""
)~"},
    {"uv_script.py", R"~(# /// script
# dependencies = []
# ///
# Run with: hf jobs uv run -e HF_TOKEN train.py
# hf jobs uv run -e HF_TOKEN train.py
)~"},
    {"a.slurm", R"~(srun hf jobs run -e HF_TOKEN img cmd
)~"},
    {"a.ps1", R"~(hf jobs run `
  --flavor x `
  -e HF_TOKEN `
  img cmd
)~"},
    {"a.bat", R"~(hf jobs run ^
  -e HF_TOKEN=%HF_TOKEN% ^
  img cmd
)~"},
};
TEST(JobsCommandLine, EnvOption) { expect_found("HF2002", kEnvOption); }

constexpr MatcherCase kEnvOptionLeavesAlone[] = {
    {"a.sh", R"~(hf jobs run -s HF_TOKEN python:3.12 docker run -e HF_TOKEN img
)~"},
    {"a.sh", R"~(hf jobs uv run --secrets HF_TOKEN train.py --env HF_TOKEN
)~"},
    {"a.sh", R"~(hf jobs run --secrets HF_TOKEN -- img env -e HF_TOKEN
)~"},
    {"a.sh", R"~(hf jobs ps -a
hf jobs logs 123
)~"},
    {"a.sh", R"~(docker run -e HF_TOKEN img hf jobs ps
)~"},
    {"a.sh", R"~(hf jobs run -e HF_TOKEN_PATH=/x -e MODEL=HF_TOKEN img
)~"},
    {"a.sh", R"~(# hf jobs run -e HF_TOKEN img
hf jobs run --secrets-file .env img
)~"},
    {"a.sh", R"~(kubectl get jobs -e HF_TOKEN
)~"},
    {"a.md", R"~(```bash
hf jobs uv run --secrets HF_TOKEN -e HF_HUB_ENABLE_HF_TRANSFER=1 x.py
```
)~"},
    {"a.sh", R"~(hf jobs scheduled run @daily -s HF_TOKEN img python -e HF_TOKEN
)~"},
};
TEST(JobsCommandLine, EnvOptionLeavesAlone) { expect_clean("HF2002", kEnvOptionLeavesAlone); }

constexpr MatcherCase kSecretsOptionWithValue[] = {
    {"a.sh", R"~(hf jobs run -s HF_TOKEN=$HF_TOKEN img cmd
)~"},
    {"a.sh", R"~(hf sandbox create --secrets HF_TOKEN=$(cat ~/.cache/huggingface/token)
)~"},
    {"a.sh", R"~(hf endpoints deploy x --repo r --secrets "HF_TOKEN=${HF_TOKEN}"
)~"},
    {"a.sh", R"~(hf repos create me/x --type space --secrets HF_TOKEN="`hf auth token`"
)~"},
    {".gitlab-ci.yml", R"~(deploy:
  script:
    - hf repo create x --secrets HF_TOKEN=$HF_TOKEN
)~"},
    {".github/workflows/d.yml", R"~(on: push
jobs:
  a:
    steps:
      - run: hf spaces secrets add me/x -s HF_TOKEN=${{ secrets.HF_TOKEN }}
)~"},
    {"Makefile", R"~(x:
	hf jobs uv run --secrets HF_TOKEN=$(HF_TOKEN) a.py
)~"},
    {"Makefile", R"~(x:
	hf jobs uv run --secrets=HF_TOKEN=$${HF_TOKEN} a.py
)~"},
    {"a.py", R"~(subprocess.run(["hf", "jobs", "run", "--secrets", f"HF_TOKEN={os.environ['HF_TOKEN']}", "img"])
)~"},
    {"README.md", R"~(```sh
hf jobs run \
  --flavor cpu-basic \
  --secrets HF_TOKEN=$HF_TOKEN \
  img python x.py
```
)~"},
    {"a.ps1", R"~(hf jobs run --secrets HF_TOKEN=$env:HF_TOKEN img
)~"},
    {"a.bat", R"~(hf jobs run --secrets HF_TOKEN=%HF_TOKEN% img
)~"},
    {"a.sh", R"~(hf spaces secrets add me/x --secrets HF_TOKEN={{hf_token:matchers}}
)~"},
    {"a.sh", R"~(hf endpoints update x --secrets HF_TOKEN=$(cat token.txt) --secrets A=b
)~"},
    {"a.sh",
     R"~(hf jobs run --secrets "HF_TOKEN=$(python -c 'from huggingface_hub import get_token; print(get_token())')" img
)~"},
    {"doc.md", R"~(`hf spaces secrets add me/x -s HF_TOKEN=$HF_TOKEN`
)~"},
    {"a.sh", R"~(hf jobs uv run -s HUGGING_FACE_HUB_TOKEN="${TOKEN}" x.py
)~"},
};
TEST(JobsCommandLine, SecretsOptionWithValue) { expect_found("HF2005", kSecretsOptionWithValue); }

constexpr MatcherCase kSecretsOptionWithValueLeavesAlone[] = {
    {"a.sh", R"~(hf spaces secrets add me/x -s HF_TOKEN
)~"},
    {"a.sh", R"~(hf jobs run --secrets WANDB_API_KEY=$WANDB_API_KEY img
)~"},
    {"a.sh", R"~(hf jobs run --secrets HF_TOKEN img bash -c 'echo $HF_TOKEN'
)~"},
    {"a.sh", R"~(hf jobs run --secrets-file .env img
)~"},
    {"a.sh", R"~(gh secret set HF_TOKEN --secrets HF_TOKEN=$HF_TOKEN
)~"},
    {"a.md", R"~(`hf jobs run --secrets HF_TOKEN=<token> img`
)~"},
    {"a.sh", R"~(hf jobs run --secrets HF_TOKEN=hf_xxx img
)~"},
    {"a.sh", R"~(docker run --secrets HF_TOKEN=$HF_TOKEN
)~"},
    {"a.sh", R"~(hf jobs uv run -s HF_TOKEN -e MODEL=$MODEL x.py
)~"},
    {"a.sh", R"~(hf spaces secrets add me/x --secrets-file .env.secrets
hf jobs ps --token $HF_TOKEN
)~"},
};
TEST(JobsCommandLine, SecretsOptionWithValueLeavesAlone) { expect_clean("HF2005", kSecretsOptionWithValueLeavesAlone); }

constexpr MatcherCase kTokenInWhatAJobRuns[] = {
    {"a.sh", R"~(hf jobs run img python t.py --token=$HF_TOKEN
)~"},
    {"a.sh", R"~(hf jobs uv run train.py --hub_token ${HF_TOKEN} --push
)~"},
    {"a.sh", R"~(hf jobs uv run train.py --hub-token "$(hf auth token)"
)~"},
    {"a.sh", R"~(hf jobs run img git clone https://user:$HF_TOKEN@huggingface.co/me/x
)~"},
    {"a.sh", R"~(hf jobs run img bash -c "git clone https://me:${HF_TOKEN}@huggingface.co/x && python a.py"
)~"},
    {"a.sh", R"~(hf jobs scheduled run @daily img -- python t.py --hf-token $TOKEN
)~"},
    {"a.sh", R"~(hf jobs run img python t.py --token {{hf_token:matchers}}
)~"},
    {"a.py", R"~(run_uv_job("t.py", script_args=["--token", get_token()])
)~"},
    {"a.py", R"~(run_uv_job("t.py", script_args=[f"--hf_token={hf_token}"])
)~"},
    {"a.py", R"~(cmd = ["python", "t.py", "--token", hf_token]
run_job(image="x", command=cmd)
)~"},
    {"a.py", R"~(run_job(image="x", command=["bash", "-c", f"git clone https://u:{token}@huggingface.co/x"])
)~"},
    {"a.py", R"~(run_job(image="x", command=["a"], labels={"t": os.getenv("HF_TOKEN")})
)~"},
    {"a.py", R"~(run_job(image="x", command=["a", "--token", "{{hf_token:matchers}}"])
)~"},
    {"a.py", R"~(run_job(image="x", command=["a", "--token", os.environ.get("HF_TOKEN", "")])
)~"},
    {"a.py",
     R"~(create_scheduled_job(image="x", schedule="@daily", command="python t.py --token {}".format(token).split())
)~"},
    {".github/workflows/d.yml", R"~(on: push
jobs:
  a:
    steps:
      - run: hf jobs run img python x.py --token ${{ secrets.HF_TOKEN }}
)~"},
    {"Makefile", R"~(x:
	hf jobs uv run a.py --hf_token $(HF_TOKEN)
)~"},
    {"a.json",
     R"~({"operation": "run", "args": {"image": "i", "command": ["python", "t.py", "--token", "{{hf_token:matchers}}"]}}
)~"},
    {"a.sh", R"~(hf jobs run --label token=$HF_TOKEN img cmd
)~"},
    {"a.sh", R"~(hf jobs run img python t.py --api-token $HF_TOKEN
)~"},
    {"a.sh", R"~(hf jobs run img env HF_TOKEN=$HF_TOKEN python t.py
)~"},
    {"a.sh", R"~(hf jobs run img sh -c "export HF_TOKEN=$HF_TOKEN; python t.py"
)~"},
    {"a.py", R"~(args = ["--model", m]
args += ["--token", get_token()]
run_uv_job("t.py", script_args=args)
)~"},
    {"a.py", R"~(run_uv_job("t.py", script_args=["--model", m] + ["--token", token])
)~"},
    {"a.py", R"~(run_job(image="x", command=f"python t.py --token {os.environ['HF_TOKEN']}")
)~"},
    {"a.py", R"~(run_job(image="x", command=["sh", "-c", "curl -H Authorization:Bearer\ %s" % hf_token])
)~"},
    {"a.py", R"~(run_job(image="x", command=["t"], labels={"owner": "me", "token": hf_token})
)~"},
    {"a.py", R"~(subprocess.run(["hf", "jobs", "run", "img", "python", "t.py", "--token", token])
)~"},
    {"a.py", R"~(subprocess.run(f"hf jobs run img python t.py --token {hf_token}", shell=True)
)~"},
    {"x.ipynb",
     R"~({"cells": [{"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": null, "source": ["!hf jobs uv run t.py --hf_token $HF_TOKEN\n"]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})~"},
    {"a.ps1", R"~(hf jobs run img python t.py --hf_token $env:HF_TOKEN
)~"},
};
TEST(JobsCommandLine, TokenInWhatAJobRuns) { expect_found("HF2006", kTokenInWhatAJobRuns); }

constexpr MatcherCase kTokenInWhatAJobRunsLeavesAlone[] = {
    {"a.sh", R"~(hf jobs run -s HF_TOKEN img bash -c 'hf download x --token $HF_TOKEN'
)~"},
    {"a.sh", R"~(hf jobs run -s HF_TOKEN img python t.py --max_token $N --eos_token "$EOS"
)~"},
    {"a.sh", R"~(hf jobs run -s HF_TOKEN img bash -c "python t.py --token \$HF_TOKEN"
)~"},
    {"a.sh", R"~(hf jobs uv run -s HF_TOKEN t.py --hf_token '$HF_TOKEN'
)~"},
    {"a.sh", R"~(hf jobs uv run -s HF_TOKEN t.py --model $MODEL --tokenizer $TOK_DIR
)~"},
    {"a.sh", R"~(python t.py --token $OTHER
hf jobs ps
)~"},
    {"a.py", R"~(run_job(image="x", command=["python", "t.py"], token=hf_token, secrets={"HF_TOKEN": get_token()})
)~"},
    {"a.py",
     R"~(run_job(image="x", command=["python", "-c", "import os; os.environ['HF_TOKEN']"], secrets={"HF_TOKEN": t})
)~"},
    {"a.py", R"~(run_uv_job("t.py", script_args=["--max_tokens", str(max_tokens), "--dataset", f"{user}/x"])
)~"},
    {"a.py", R"~(run_uv_job("t.py", script_args=["--tokenizer", tokenizer_name])
)~"},
    {"a.py", R"~(subprocess.run(["python", "--token", token])
run_uv_job("t.py")
)~"},
    {"a.py",
     R"~(hf_jobs("uv", {"script": "x", "script_args": ["--token", "$HF_TOKEN"], "secrets": {"HF_TOKEN": "$HF_TOKEN"}})
)~"},
    {"a.sh", R"~(hf jobs run -s HF_TOKEN img python t.py --dataset $USER/data --output "$(date)"
)~"},
    {"a.py", R"~(token = get_token()
api = HfApi(token=token)
api.run_job(image="x", command=["python", "t.py"], secrets={"HF_TOKEN": token})
)~"},
    {"a.py", R"~(for token in tokens:
    print(token)
run_job(image="x", command=["a", "--tokens", "5"])
)~"},
    {"a.py", R"~(run_uv_job("t.py", script_args=["--seed", os.environ["SEED"]])
)~"},
};
TEST(JobsCommandLine, TokenInWhatAJobRunsLeavesAlone) { expect_clean("HF2006", kTokenInWhatAJobRunsLeavesAlone); }

TEST(JobsCommandLine, EditMakesItASecretWithoutAValue) {
  const FileHits found = hits_in({"a.sh", "hf jobs run -e HF_TOKEN=$HF_TOKEN img\n"});
  ASSERT_EQ(found.hits.size(), 1U);
  ASSERT_EQ(found.hits[0].edits.size(), 1U);
  EXPECT_EQ(found.hits[0].edits[0].text, "-s HF_TOKEN");
  EXPECT_EQ(found.hits[0].edits[0].span.begin, 12U);
}

TEST(JobsCommandLine, NoEditWhereTheTextIsNotTheFilesOwn) {
  const FileHits found = hits_in({"package.json", "{\"scripts\": {\"t\": \"hf jobs run -e \\\"HF_TOKEN\\\" img\"}}"});
  ASSERT_EQ(found.hits.size(), 1U);
  EXPECT_TRUE(found.hits[0].edits.empty());
}

}  // namespace
}  // namespace hfscan
