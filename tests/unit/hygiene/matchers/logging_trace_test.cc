// HF6005: tokens in the trace of a shell.
#include <string_view>

#include "jobs_cases.h"

namespace hfscan {
namespace {

constexpr MatcherCase kTracedByShellFound[] = {
    {"a.sh", "set -x\nexport HF_TOKEN=$(cat t)\n"},
    {"a.sh", "#!/bin/bash -x\nhf auth login --token $HF_TOKEN\n"},
    {"a.sh", "set -euxo pipefail\ncurl -H \"Authorization: Bearer ${HF_TOKEN}\" https://x\n"},
    {"a.sh", "set -o xtrace\npython t.py --hf_token $HF_TOKEN\n"},
    {"a.yml", "jobs:\n  a:\n    steps:\n      - run: |\n          set -x\n          docker run -e HF_TOKEN=$HF_TOKEN img\n"},
    {"Dockerfile", "FROM x\nRUN set -ex; huggingface-cli login --token $HF_TOKEN\n"},
    {"a.sh", "bash -xc \"hf auth login --token $HF_TOKEN\"\n"},
    {"a.sh", "set -x\nif true; then\n  HF_TOKEN=\"$TOKEN\" python t.py\nfi\n"},
    {"Makefile", "x:\n\tset -x; echo $$HF_TOKEN | hf auth login\n"},
    {"a.md", "```bash\nset -x\nexport HF_TOKEN=$(cat t)\n```\n"},
    {"a.yml",
     "defaults:\n  run:\n    shell: bash -ex {0}\njobs:\n  a:\n    steps:\n      - run: hf upload a b --token $HF_TOKEN\n"},
    {"a.slurm", "#!/bin/bash\n#SBATCH -n1\nset -x -e\nsrun --export=ALL,HF_TOKEN=$HF_TOKEN x\n"},
    {".gitlab-ci.yml", "a:\n  before_script:\n    - set -x\n  script:\n    - hf upload a b --token $HF_TOKEN\n"},
    {"a.sh", "#!/usr/bin/env -S bash -x\nexport HF_TOKEN=$(cat t)\n"},
    {"Makefile", "SHELL := /bin/bash\nx:\n\tset -x && hf auth login --token $$HF_TOKEN\n"},
    {"a.sh", "set -x\nfoo\n[[ -z \"${HF_TOKEN}\" ]] && exit 1\n"},
};

TEST(Logging, TracedByShellIsFound) { expect_found("HF6005", kTracedByShellFound); }

constexpr MatcherCase kTracedByShellClean[] = {
    {"a.sh", "set -x\npython t.py\n{ set +x; } 2>/dev/null\nexport HF_TOKEN=$(cat t)\n"},
    {"a.sh", "set -e\nexport HF_TOKEN=$(cat t)\n"},
    {"a.sh", "set -x\necho HF_TOKEN\n"},
    {"a.sh", "export HF_TOKEN=$(cat t)\nset -x\npython t.py\n"},
    {"a.sh", "set +x\necho \"$HF_TOKEN\" | x\n"},
    {"a.sh", "set -ex\nexport HF_HOME=$X\npython t.py\n"},
    {"a.sh", "#!/usr/bin/env bash\nset -euo pipefail\nhf upload \"$HF_TOKEN\"\n"},
    {"a.yml",
     "jobs:\n  a:\n    steps:\n      - run: |\n          set -x\n          make\n      - run: echo \"$HF_TOKEN\" | x\n"},
    {"a.sh", "set -ex\nset +x\nexport HF_TOKEN=$T\nset -x\nmake\n"},
};

TEST(Logging, TracedByShellOnlyAlikeIsNot) { expect_clean("HF6005", kTracedByShellClean); }

}  // namespace
}  // namespace hfscan
