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
};

TEST(Arguments, StartedProcessIsFound) { expect_found("HF5010", kStartedProcessFound); }

constexpr MatcherCase kStartedProcessClean[] = {
    {"a.py", "import subprocess\nsubprocess.run([\"hf\",\"auth\",\"login\"], input=hf_token, text=True)\n"},
    {"a.py",
     "import subprocess\nenv = {**os.environ, \"HF_TOKEN\": hf_token}\nsubprocess.run([\"python\",\"t.py\"], env=env)\n"},
    {"a.py", "import subprocess\nsubprocess.run([\"git\",\"clone\",\"https://huggingface.co/x\"], check=bool(hf_token))\n"},
    {"a.js", "exec(\"hf download x\", { env: { HF_TOKEN: hfToken } })\n/hf_/.exec(hfToken)\n"},
};

TEST(Arguments, StartedProcessOnlyAlikeIsNot) { expect_clean("HF5010", kStartedProcessClean); }

}  // namespace
}  // namespace hfscan
