// HF6006: the whole environment in a log.
#include <string_view>

#include "jobs_cases.h"

namespace hfscan {
namespace {

constexpr MatcherCase kEnvironmentDumpedFound[] = {
    {"a.py", "import os\nprint(dict(os.environ))\nt=os.environ[\"HF_TOKEN\"]\n"},
    {"a.py", "from pprint import pprint\npprint(dict(os.environ))\nhf_token=1\n"},
    {"a.py", "logger.info(f\"env: {os.environ}\")\nlogin(os.environ[\"HF_TOKEN\"])\n"},
    {"a.py", "print(json.dumps(dict(os.environ)))\n# HF_TOKEN\n"},
    {"a.py", "print(os.environ.copy())\nHF_TOKEN=1\n"},
    {"a.js", "console.log(process.env)\nconst t = process.env.HF_TOKEN\n"},
    {"a.sh", "env\npython t.py --hf_token $HF_TOKEN\n"},
    {"a.sh", "export -p\necho ${#HF_TOKEN}\n"},
    {"a.yml",
     "jobs:\n  a:\n    env:\n      HF_TOKEN: ${{ secrets.HF_TOKEN }}\n    steps:\n      - run: |\n          printenv\n         "
     " python t.py\n"},
    {"a.ps1", "$env:HF_TOKEN=\"x\"\ngci env:\n"},
    {"Dockerfile", "ARG HF_TOKEN\nRUN printenv\n"},
    {"a.bat", "set HF_TOKEN=%1\nset\n"},
    {"a.sh", "HF_TOKEN=x\nenv | sort\n"},
    {"a.ipynb",
     "{\"cells\":[{\"cell_type\":\"code\",\"source\":[\"import os\\n\",\"os.environ[\\\"HF_TOKEN\\\"] = "
     "t\\n\",\"print(os.environ)\"],\"outputs\":[]}],\"nbformat\":4}\n"},
    {"a.py", "import os\nHF_TOKEN=1\nfor k, v in os.environ.items():\n    print(k, v)\n"},
    {"a.js", "console.log(\"env\", { ...process.env })\nprocess.env.HF_TOKEN\n"},
    {"a.py", "import os, pprint\npprint.pprint(os.environ)\nos.environ[\"HF_TOKEN\"]\n"},
    {"a.py", "print(\"ENV:\", os.environ, flush=True)\nHF_TOKEN=1\n"},
    {"a.py", "logger.debug(\"%s\", dict(os.environ))\nHF_TOKEN=1\n"},
    {".gitlab-ci.yml", "a:\n  variables:\n    X: $HF_TOKEN\n  script:\n    - printenv\n"},
    {"a.sh", "HF_TOKEN=x\n( env )\n"},
};

TEST(Logging, EnvironmentDumpedIsFound) { expect_found("HF6006", kEnvironmentDumpedFound); }

constexpr MatcherCase kEnvironmentDumpedClean[] = {
    {"a.py", "print(os.environ)\n\n"},
    {"a.py", "print(os.environ[\"HOME\"])\nHF_TOKEN=1\n"},
    {"a.py", "print(list(os.environ.keys()))\nHF_TOKEN=1\n"},
    {"a.sh", "env > f\nHF_TOKEN=1\n"},
    {"a.sh", "env FOO=1 cmd\nHF_TOKEN=1\n"},
    {"a.sh", "set -e\nexport HF_TOKEN=x\nprintenv PATH\n"},
    {"a.js", "console.log(process.env.NODE_ENV)\nhf_token\n"},
    {"a.yml", "jobs:\n  a:\n    env:\n      HF_TOKEN: x\n    steps:\n      - run: env | cut -d= -f1\n"},
    {"a.py", "for k in os.environ:\n    print(k)\nHF_TOKEN=1\n"},
    {"a.py", "subprocess.run(c, env=dict(os.environ, HF_TOKEN=t))\n"},
    {"a.py", "print(\"HF_TOKEN\" in os.environ)\n"},
    {"a.sh", "env | sed \"s/=.*//\"\nHF_TOKEN=x\n"},
    {"a.md", "Set env and HF_TOKEN.\n\nenv is a list.\n"},
};

TEST(Logging, EnvironmentDumpedOnlyAlikeIsNot) { expect_clean("HF6006", kEnvironmentDumpedClean); }

}  // namespace
}  // namespace hfscan
