// HF5001 to HF5005: spellings of commands, and what only looks like them.
#include <string_view>

#include "jobs_cases.h"

namespace hfscan {
namespace {

constexpr MatcherCase kLoginTokenFound[] = {
    {"setup/bootstrap.zsh", "huggingface-cli login --token \"$(pass show hf/token)\" --add-to-git-credential\n"},
    {"x.fish", "hf auth login --token $HF_TOKEN\n"},
    {"Jenkinsfile",
     "pipeline {\n  stages {\n    stage('a') { steps { sh 'huggingface-cli login --token $HF_TOKEN' } }\n  }\n}\n"},
    {"Taskfile.yml", "version: \"3\"\ntasks:\n  login:\n    cmds:\n      - hf auth login --token {{.HF_TOKEN}}\n"},
    {"a.ps1", "hf auth login --token $env:HF_TOKEN\n"},
    {"a.bat", "huggingface-cli login --token %HF_TOKEN%\r\n"},
    {"install.sh", "if [ -n \"$X\" ]; then\n  huggingface-cli login --token={{hf_token:zz}}\nfi\n"},
    {"azure-pipelines.yml", "steps:\n- script: |\n    hf auth login --token $(HF_TOKEN)\n"},
    {".circleci/config.yml",
     "jobs:\n  build:\n    steps:\n      - run:\n          name: login\n          command: huggingface-cli login --token "
     "\"${HF_TOKEN}\"\n"},
    {"docs/i.rst", "Install\n=======\n\n.. code-block:: bash\n\n   hf auth login --token $HF_TOKEN\n"},
    {"setup.py", "import os\nos.system(\"huggingface-cli login --token $HF_TOKEN\")\n"},
    {"job.sbatch", "#!/bin/bash\n#SBATCH -n 1\nsrun bash -c \"hf auth login --token $HF_TOKEN && python t.py\"\n"},
    {"Dockerfile", "FROM x\nCMD [\"sh\", \"-c\", \"huggingface-cli login --token $HF_TOKEN && python app.py\"]\n"},
    {"x.ipynb",
     "{\"cells\":[{\"cell_type\":\"code\",\"source\":[\"%%bash\\n\",\"hf auth login --token "
     "$HF_TOKEN\\n\"],\"outputs\":[]}],\"nbformat\":4}"},
    {"entry.sh", "exec hf auth login --token `cat /run/secrets/hf`\n"},
    {"t.sh", "echo y | huggingface-cli login --token $1\n"},
    {"notes.txt", "Install:\n$ pip install x\n$ huggingface-cli login --token $HF_TOKEN\n"},
    {"cloud-init.yaml", "#cloud-config\nruncmd:\n  - pip install -U huggingface_hub\n  - hf auth login --token ${HF_TOKEN}\n"},
    {"devcontainer.json", "{\"postCreateCommand\": \"hf auth login --token $HF_TOKEN\"}"},
    {"pyproject.toml", "[tool.poe.tasks]\nlogin = \"hf auth login --token $HF_TOKEN\"\n"},
    {"sky.yaml", "setup: |\n  huggingface-cli login --token $HF_TOKEN\nrun: |\n  python t.py\n"},
    {"a.nf", "process x {\n  script:\n  \"\"\"\n  huggingface-cli login --token $HF_TOKEN\n  \"\"\"\n}\n"},
    {"k8s.yaml",
     "apiVersion: batch/v1\nkind: Job\nspec:\n  template:\n    spec:\n      containers:\n      - name: a\n        command: "
     "[\"/bin/sh\",\"-c\"]\n        args: [\"huggingface-cli login --token $HF_TOKEN && python t.py\"]\n"},
    {"entry.sh", "(huggingface-cli login --token \"$HF_TOKEN\" || true) &> /dev/null\n"},
    {"a.sh", "if ! hf auth login --token \"${HF_TOKEN}\" --add-to-git-credential; then exit 1; fi\n"},
    {"a.sh", "[ -n \"$HF_TOKEN\" ] && huggingface-cli login --token \"$HF_TOKEN\" >/dev/null\n"},
    {"a.ipynb",
     "{\"cells\":[{\"cell_type\":\"code\",\"source\":[\"!huggingface-cli login --token "
     "{userdata.get('HF_TOKEN')}\"],\"outputs\":[]}],\"nbformat\":4}"},
    {"a.ipynb",
     "{\"cells\":[{\"cell_type\":\"code\",\"source\":[\"get_ipython().system('hf auth login --token "
     "$HF_TOKEN')\"],\"outputs\":[]}],\"nbformat\":4}"},
    {"bitbucket-pipelines.yml",
     "pipelines:\n  default:\n    - step:\n        script:\n          - hf auth login --token $HF_TOKEN\n"},
    {"buildspec.yml", "version: 0.2\nphases:\n  install:\n    commands:\n      - huggingface-cli login --token $HF_TOKEN\n"},
    {".travis.yml", "script: huggingface-cli login --token $HF_TOKEN\n"},
    {"a.adoc", "[source,bash]\n----\nhf auth login --token $HF_TOKEN\n----\n"},
    {"a.ansible.yml", "- hosts: all\n  tasks:\n    - shell: huggingface-cli login --token {{ hf_token }}\n"},
    {"pixi.toml", "[tasks]\nlogin = { cmd = \"hf auth login --token $HF_TOKEN\" }\n"},
};

TEST(Arguments, LoginTokenIsFound) { expect_found("HF5001", kLoginTokenFound); }

constexpr MatcherCase kLoginTokenClean[] = {
    {"a.sh", "huggingface-cli login\nhf auth whoami\n"},
    {"a.sh", "# hf auth login --token $HF_TOKEN\necho \"run hf auth login\"\n"},
    {"a.md", "Use `--token $HF_TOKEN` in non-interactive environments.\n"},
    {"a.sh", "docker login -u u --password-stdin < t\ngh auth login --with-token < t\naz login --token x\n"},
    {"a.py", "from huggingface_hub import login\nlogin(token=os.environ[\"HF_TOKEN\"])\n"},
    {"a.sh", "huggingface-cli login --token YOUR_TOKEN_HERE\nhf auth login --token hf_your_token\n"},
    {"a.sh", "wandb login $WANDB_API_KEY\n"},
};

TEST(Arguments, LoginTokenOnlyAlikeIsNot) { expect_clean("HF5001", kLoginTokenClean); }

constexpr MatcherCase kHubCommandTokenFound[] = {
    {"a.yml",
     "jobs:\n  x:\n    steps:\n      - run: >\n          huggingface-cli upload me/m ./out\n          --token ${{ "
     "secrets.HF_TOKEN }}\n"},
    {"a.sh", "hf repo create me/x --token \"$HF_TOKEN\" --type space\n"},
    {"a.sh", "hf download org/m --token {{hf_token:zz}}\n"},
    {"Makefile", "dl:\n\thuggingface-cli download $(MODEL) --token $(HF_TOKEN)\n"},
    {"a.md", "    huggingface-cli download meta-llama/x --token $HF_TOKEN\n"},
    {"a.sh", "hf jobs uv run --flavor a10g-small --token=$HF_TOKEN script.py\n"},
    {"a.sh",
     "HF_HUB_ENABLE_HF_TRANSFER=1 nohup hf upload-large-folder me/d . --repo-type=dataset --token=\"$TOKEN\" > log 2>&1 &\n"},
    {"a.sh", "hf endpoints deploy x --token $HF_TOKEN\nhf spaces list\n"},
    {"a.sh", "huggingface-cli download \\\n  --repo-type dataset \\\n  --token \"$HF_TOKEN\" \\\n  org/d\n"},
    {"a.sh", "hf-mount start bucket me/b /mnt --hf-token=\"$HF_TOKEN\"\n"},
    {"a.sh", "uvx --from huggingface_hub hf download x --token $T\n"},
    {"a.sh", "hf sandbox create --token $HF_TOKEN img\n"},
    {"a.sh", "hf sync ./x hf://buckets/me/b --token $HF_TOKEN\n"},
    {"a.sh", "hf cp a b --token $HF_TOKEN\nhf webhooks list\n"},
};

TEST(Arguments, HubCommandTokenIsFound) { expect_found("HF5002", kHubCommandTokenFound); }

constexpr MatcherCase kHubCommandTokenClean[] = {
    {"a.sh", "hf download org/m\nhf upload me/m . --token-name x\n"},
    {"a.sh", "hf jobs run --secrets HF_TOKEN image python t.py --token \"$X\"\n"},
    {"a.sh", "hf upload me/m . --commit-message \"use --token\"\n"},
    {"a.sh", "hf download m --revision $REV\n"},
};

TEST(Arguments, HubCommandTokenOnlyAlikeIsNot) { expect_clean("HF5002", kHubCommandTokenClean); }

constexpr MatcherCase kScriptOptionFound[] = {
    {"a.sh", "python train.py --model x --hub_token \"${HF_TOKEN}\"\n"},
    {"a.yml", "jobs:\n  x:\n    steps:\n      - run: python upload.py --hf-token ${{ secrets.HF_TOKEN }}\n"},
    {"a.sh", "accelerate launch t.py --use_auth_token $HF_TOKEN\n"},
    {"a.sh", "./run.sh --token=$HUGGINGFACE_TOKEN\n"},
    {"a.sh", "text-generation-launcher --model-id x --api-key $HF_API_KEY\n"},
    {"a.sh", "python -m verl.main trainer.hf_token=$HF_TOKEN trainer.n=2\n"},
    {"a.sh", "python main.py hf_token=${HF_TOKEN}\n"},
    {"Dockerfile", "FROM x\nENTRYPOINT python app.py --huggingface_token $HF_TOKEN\n"},
    {"package.json", "{\"scripts\":{\"dev\":\"node s.js --hf-token $HF_TOKEN\"}}"},
    {"a.sh", "uv run --with x scripts/e.py --access-token \"$HF_TOKEN\"\n"},
    {"a.sh", "lm_eval --model hf --hf_hub_log_args token=x --hf-token $(cat ~/.cache/huggingface/token)\n"},
    {"a.ipynb",
     "{\"cells\":[{\"cell_type\":\"code\",\"source\":[\"!python d.py --hf_token "
     "{HF_TOKEN}\\n\"],\"outputs\":[]}],\"nbformat\":4}"},
    {"a.sh", "python x.py --hf_token \"{{hf_token:zz}}\"\n"},
    {"crontab", "0 3 * * * cd /app && python sync.py --hf_token $HF_TOKEN\n"},
    {"x.service", "[Service]\nExecStart=/usr/bin/python /app/s.py --hf-token ${HF_TOKEN}\n"},
    {"a.sh", "./train --token \"$(cat ~/.cache/huggingface/token)\"\n"},
    {".vscode/tasks.json",
     "{\"tasks\":[{\"label\":\"t\",\"command\":\"python\",\"args\":[\"t.py\",\"--hf_token\",\"${env:HF_TOKEN}\"]}]}"},
    {"launch.json", "{\"tasks\":[{\"command\":\"python t.py --hf_token $HF_TOKEN\"}]}"},
    {"a.sh", "whisperx a.wav --hf_token=${{ secrets.HF_TOKEN }}\n"},
    {"a.sh", "python -m pkg.cli --auth_token \"$HUGGINGFACEHUB_API_TOKEN\"\n"},
    {"a.sh", "npx tool --hfToken $HF_TOKEN\n"},
    {"a.sh", "tool --huggingface-api-key $HF_API_KEY\n"},
    {"a.sh", "python t.py -hf_token $HF_TOKEN\n"},
    {"a.sh", "cargo run -- --hf-token $HF_TOKEN\n"},
    {"Makefile", "train:\n\tpython t.py --hf_token $(HF_TOKEN)\n"},
    {"a.sh", "python3 x.py +env.HF_TOKEN=$HF_TOKEN\n"},
};

TEST(Arguments, ScriptOptionIsFound) { expect_found("HF5003", kScriptOptionFound); }

constexpr MatcherCase kScriptOptionClean[] = {
    {"a.sh", "python t.py --num_tokens 5 --token_type hf --max_new_tokens $MAX_TOKENS\n"},
    {"a.sh", "gh auth login --with-token < t; HF_TOKEN=x python a.py --token-env HF_TOKEN\n"},
    {"a.sh", "curl --header \"x: $HF_HOME\" --key $HF_CERT hf_x\n"},
    {"a.sh", "python t.py --hf_token <your_token>\npython t.py --hf_token hf_xxxxx\npython t.py --hf_token=YOUR_TOKEN\n"},
    {"a.sh", "export HF_TOKEN=$HF_TOKEN\ndeclare -x HF_TOKEN=$X\nunset HF_TOKEN\n"},
    {"a.yml",
     "on: push\njobs:\n  x:\n    steps:\n      - uses: a/b@v1\n        with:\n          hf_token: ${{ secrets.HF_TOKEN }}\n    "
     "  - run: npx vercel --token ${{ secrets.VERCEL_TOKEN }} --hf_x\n"},
    {"a.py", "parser.add_argument(\"--hf_token\", default=os.environ.get(\"HF_TOKEN\"))\n"},
};

TEST(Arguments, ScriptOptionOnlyAlikeIsNot) { expect_clean("HF5003", kScriptOptionClean); }

constexpr MatcherCase kBearerHeaderFound[] = {
    {"a.sh", "curl -sSf --header \"authorization: bearer ${HF_TOKEN}\" https://huggingface.co/api/models\n"},
    {"a.sh", "curl -H\"Authorization: Bearer $HF_API_TOKEN\" https://x\n"},
    {"a.ipynb",
     "{\"cells\":[{\"cell_type\":\"code\",\"source\":[\"!curl -H \\\"Authorization: Bearer $HF_TOKEN\\\" "
     "https://huggingface.co/x\"],\"outputs\":[]}],\"nbformat\":4}"},
};

TEST(Arguments, BearerHeaderIsFound) { expect_found("HF5004", kBearerHeaderFound); }

constexpr MatcherCase kBearerHeaderClean[] = {
    {"a.sh", "curl -H \"Authorization: Bearer $OPENAI_API_KEY\" https://x # hf_\n"},
    {"a.sh", "curl --netrc https://huggingface.co\n"},
};

TEST(Arguments, BearerHeaderOnlyAlikeIsNot) { expect_clean("HF5004", kBearerHeaderClean); }

constexpr MatcherCase kGitUrlFound[] = {
    {"a.py", "import subprocess\nsubprocess.run([\"git\",\"clone\",f\"https://user:{token}@huggingface.co/me/m\"])\n"},
    {"a.py", "repo_url = f\"https://oauth2:{hf_token}@huggingface.co/spaces/{u}/{s}\"\n"},
    {"a.js", "const url = `https://user:${process.env.HF_TOKEN}@huggingface.co/me/m`\n"},
    {".gitlab-ci.yml",
     "d:\n  script:\n    - git push --force https://$HF_USERNAME:$HF_TOKEN@huggingface.co/spaces/$HF_USERNAME/x HEAD:main\n"},
    {"a.ps1", "git clone https://user:$env:HF_TOKEN@huggingface.co/me/m\n"},
    {"a.bat", "git clone https://user:%HF_TOKEN%@huggingface.co/me/m\n"},
    {"a.sh", "git clone https://$HF_TOKEN@huggingface.co/me/m\n"},
    {"a.sh", "git remote set-url origin https://u:${HUGGINGFACE_TOKEN}@hf.co/me/m\n"},
    {"a.py", "url = \"https://user:%s@huggingface.co/me/m\" % token\n"},
    {"a.py", "url = \"https://user:{}@huggingface.co/{}\".format(token, r)\n"},
    {"a.md", "```yaml\n- run: git push https://me:${{ secrets.HF_TOKEN }}@huggingface.co/spaces/me/s main\n```\n"},
    {"a.sh", "git submodule add https://user:${HF_TOKEN}@huggingface.co/me/m models/m\n"},
    {"a.ipynb",
     "{\"cells\":[{\"cell_type\":\"code\",\"source\":[\"!git clone "
     "https://user:{hf_token}@huggingface.co/me/m\"],\"outputs\":[]}],\"nbformat\":4}"},
    {"a.py", "remote = \"https://user:\" + hf_token + \"@huggingface.co/me/m\"\n"},
    {"a.yml", "script:\n  - git push \"https://hf_user:$(HF_TOKEN)@huggingface.co/spaces/a/b\" HEAD:main\n"},
    {"a.ts", "const remote = `https://${user}:${hfToken}@huggingface.co/spaces/${user}/${s}`\n"},
    {"a.py", "Repo.clone_from(f\"https://user:{settings.HF_TOKEN}@huggingface.co/me/m\", \"m\")\n"},
    {"a.py", "url = f\"https://{HF_USER}:{HF_TOKEN}@huggingface.co/spaces/x\"\n"},
    {".circleci/config.yml",
     "jobs:\n  a:\n    steps:\n      - run: git push https://me:${HF_PERSONAL_TOKEN}@huggingface.co/spaces/me/s main\n"},
};

TEST(Arguments, GitUrlIsFound) { expect_found("HF5005", kGitUrlFound); }

constexpr MatcherCase kGitUrlClean[] = {
    {"a.sh", "git clone https://huggingface.co/me/m\ngit clone git@hf.co:me/m\n"},
    {"a.sh", "git clone https://user:YOUR_TOKEN@huggingface.co/me/m\ngit clone https://USER:hf_xxx@huggingface.co/me/m\n"},
    {"a.sh", "git push https://$HF_USERNAME@huggingface.co/spaces/x main\n"},
    {"a.sh", "curl https://user:$TOKEN@example.com/huggingface.co\n"},
    {"a.py", "re.sub(r\"https://[^@]+@huggingface.co\", \"https://huggingface.co\", url)\n"},
};

TEST(Arguments, GitUrlOnlyAlikeIsNot) { expect_clean("HF5005", kGitUrlClean); }

}  // namespace
}  // namespace hfscan
