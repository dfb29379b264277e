// HF5010: programs that start others.
#include <string_view>

#include "jobs_cases.h"

namespace hfscan {
namespace {

constexpr MatcherCase kStartedProcessFound[] = {
    {"a.py", "import subprocess\nsubprocess.Popen([\"vllm\",\"serve\",\"m\",\"--hf-token\",os.environ[\"HF_TOKEN\"]])\n"},
    {"a.py", "import os\nos.system(\"huggingface-cli login --token \" + hf_token)\n"},
    {"a.py", "import subprocess\nsubprocess.run(\"hf upload a b --token {}\".format(HF_TOKEN), shell=True)\n"},
    {"a.py", "import subprocess\nsubprocess.check_output(\"hf login --token %s\" % hf_token, shell=True)\n"},
    {"a.py",
     "from subprocess import run\nfrom huggingface_hub import get_token\ntoken = "
     "get_token()\nsubprocess.run([\"hf\",\"download\",\"x\",f\"--token={token}\"])\n"},
    {"a.py", "from subprocess import run\nrun([\"huggingface-cli\",\"login\",\"--token\",hf_token])\n"},
    {"a.js", "const {exec}=require(\"child_process\");\nexec(`huggingface-cli login --token ${hfToken}`, cb)\n"},
    {"a.ts", "await execa(\"hf\", [\"auth\",\"login\",\"--token\", process.env.HF_TOKEN])\n"},
    {"a.py", "import os\nos.popen(f\"git push https://user:{HF_TOKEN}@huggingface.co/x\")\n"},
    {"a.py", "import subprocess\nsubprocess.run(f\"huggingface-cli login --token {os.getenv('HF_TOKEN')}\", shell=True)\n"},
    {"a.py", "import asyncio\nproc = await asyncio.create_subprocess_shell(f\"hf download x --token {hf_token}\")\n"},
    {"a.py", "import shlex, subprocess\nsubprocess.run(shlex.split(f\"hf upload a b --token {token}\"))  # huggingface\n"},
    {"a.py", "import subprocess as sp\nsp.call([\"git\", \"push\", f\"https://u:{token}@huggingface.co/x\"])\n"},
    {"a.mjs", "spawnSync(\"python\", [\"t.py\", \"--hf_token\", hfToken])\n"},
    {"a.mjs", "execSync(\"hf auth login --token \" + process.env.HF_TOKEN)\n"},
    {"a.py",
     "import subprocess\ncmd = f\"python t.py --hf_token {args.hf_token}\"\nsubprocess.run(cmd, shell=True, check=True)\n"},
    {"a.py",
     "import subprocess\ncmd = [\n    \"whisperx\", path,\n    \"--hf_token\", self.hf_token,\n]\nproc = subprocess.Popen(cmd, "
     "stdout=subprocess.PIPE)\n"},
};

TEST(Arguments, StartedProcessIsFound) { expect_found("HF5010", kStartedProcessFound); }

constexpr MatcherCase kStartedProcessClean[] = {
    {"a.py", "import subprocess\nsubprocess.run([\"hf\",\"auth\",\"login\"], input=hf_token, text=True)\n"},
    {"a.py",
     "import subprocess\nenv = {**os.environ, \"HF_TOKEN\": hf_token}\nsubprocess.run([\"python\",\"t.py\"], env=env)\n"},
    {"a.py", "import subprocess\nsubprocess.run([\"git\",\"clone\",\"https://huggingface.co/x\"], check=bool(hf_token))\n"},
    {"a.js", "exec(\"hf download x\", { env: { HF_TOKEN: hfToken } })\n/hf_/.exec(hfToken)\n"},
    {"a.py",
     "import subprocess\nsubprocess.run([\"python\",\"t.py\"], env={\"HF_TOKEN\": hf_token}, check=True)\nprint(\"hf\")\n"},
    {"a.py", "import subprocess\nsubprocess.run([\"gh\",\"auth\",\"login\",\"--with-token\"], input=token.encode())  # hf\n"},
    {"a.py", "import os\nos.environ[\"HF_TOKEN\"] = hf_token\nos.system(\"python t.py\")\n"},
    {"a.js",
     "const child = spawn(\"node\", [\"s.js\"], { env: { ...process.env, HF_TOKEN: hfToken }, stdio: \"inherit\" });\n"},
};

TEST(Arguments, StartedProcessOnlyAlikeIsNot) { expect_clean("HF5010", kStartedProcessClean); }

}  // namespace
}  // namespace hfscan
