// HF6003: tokens shown by commands.
#include <string_view>

#include "jobs_cases.h"

namespace hfscan {
namespace {

constexpr MatcherCase kShownByShellFound[] = {
    {"a.sh", "echo \"Token: ${HF_TOKEN}\"\n"},
    {"a.sh", "printf \"%s\\n\" \"$HUGGINGFACE_TOKEN\"\n"},
    {"a.sh", "echo $HUGGING_FACE_HUB_TOKEN\n"},
    {"a.sh", "printenv HF_TOKEN\n"},
    {"a.sh", "env | grep HF_TOKEN\n"},
    {"a.sh", "export | grep -i hugging\n"},
    {"a.sh", "set | grep HF_\n"},
    {"a.sh", "printenv | grep -E \"HF|HUGGING\"\n"},
    {"a.sh", "cat $HOME/.cache/huggingface/token\n"},
    {"a.sh", "cat ~/.huggingface/token\n"},
    {"a.bat", "echo %HF_TOKEN%\n"},
    {"a.ps1", "Write-Output $env:HF_TOKEN\n"},
    {"a.ps1", "echo \"$env:HF_TOKEN\"\n"},
    {"a.sh", "if [ -n \"$HF_TOKEN\" ]; then echo \"HF_TOKEN=$HF_TOKEN\"; fi\n"},
    {"a.sh", "echo \"first ${HF_TOKEN:0:8}\"\n"},
    {"Makefile", "x:\n\t@echo $(HF_TOKEN)\n"},
    {"Makefile", "x:\n\techo $$HF_TOKEN\n"},
    {"justfile", "x:\n    echo $HF_TOKEN\n"},
    {"a.sh", "echo \"token: $HF_TOKEN\" >&2\n"},
    {"a.sh", "print $HF_TOKEN\n"},
    {".github/workflows/x.yml",
     "jobs:\n  a:\n    steps:\n      - run: |\n          echo \"::debug::token ${{ secrets.HF_TOKEN }}\"\n"},
    {".github/workflows/y.yml",
     "jobs:\n  a:\n    steps:\n      - env:\n          HF_TOKEN: ${{ secrets.HF_TOKEN }}\n        run: echo \"$HF_TOKEN\"\n"},
    {"Dockerfile", "FROM x\nARG HF_TOKEN\nRUN echo \"$HF_TOKEN\"\n"},
    {"a.md", "Verify:\n\n```console\n$ echo $HF_TOKEN\nhf_...\n```\n"},
    {".gitlab-ci.yml", "j:\n  script:\n    - echo $HF_TOKEN\n"},
    {"a.fish", "echo $HF_TOKEN\n"},
    {"a.sh", "for i in 1 2; do echo \"$i $HF_TOKEN\"; done\n"},
    {"a.sh", "f() { echo \"$HF_TOKEN\"; }\n"},
    {"package.json", "{\"scripts\":{\"t\":\"echo $HF_TOKEN\"}}\n"},
    {"a.sh", "cat <<EOF\ntoken: $HF_TOKEN\nEOF\n"},
    {"a.sh", "echo -e \"HF_TOKEN:\\t${HF_TOKEN}\"\n"},
    {"a.sh", "echo $HF_TOKEN  # should output hf_...\n"},
    {"a.md", "1. Check:\n   ```bash\n   echo $HF_TOKEN\n   ```\n"},
    {"a.md", "On Windows:\n\n```powershell\necho $env:HF_TOKEN\n```\n\n```cmd\necho %HF_TOKEN%\n```\n"},
    {"a.sh", "(env | grep HF_TOKEN) || true\n"},
    {"a.sh", "set -a; source .env; env | grep HF\n"},
    {"a.sh", "docker run -e HF_TOKEN img bash -c \"echo \\$HF_TOKEN\"\n"},
    {"a.bat", "@echo Token: %HF_TOKEN%\r\n"},
    {"a.ps1", "Get-ChildItem env: | Select-String HF\n"},
    {"a.bat", "set | findstr HF_\n"},
};

TEST(Logging, ShownByShellIsFound) { expect_found("HF6003", kShownByShellFound); }

constexpr MatcherCase kShownByShellClean[] = {
    {"a.sh", "echo \"$HF_TOKEN\" | hf auth login\n"},
    {"a.sh", "echo \"HF_TOKEN=$HF_TOKEN\" >> .env\n"},
    {"a.sh", "[ -z \"$HF_TOKEN\" ] && echo \"HF_TOKEN missing\"\n"},
    {"a.sh", "echo \"len ${#HF_TOKEN}\"\n"},
    {"a.sh", "echo \"HF_TOKEN is ${HF_TOKEN:+set}\"\n"},
    {"a.sh", "printf %s \"$HF_TOKEN\" > \"$f\"\n"},
    {"a.sh", "H=$(echo -n \"$HF_TOKEN\" | sha256sum)\n"},
    {"a.sh", "echo \"Using $HF_HOME and $HF_TOKEN_PATH\"\n"},
    {"a.sh", "cat <<EOF > .env\nHF_TOKEN=$HF_TOKEN\nEOF\n"},
    {"a.sh", "echo 'export HF_TOKEN=$HF_TOKEN'\n"},
    {"a.sh", "env | grep -c HF_TOKEN\n"},
    {"a.sh", "env | cut -d= -f1 | grep HF\n"},
    {"a.sh", "printenv HF_HOME\n"},
    {"a.sh", "printenv HF_TOKEN >/dev/null && echo ok\n"},
    {"a.sh", "export HF_TOKEN=$(cat ~/.cache/huggingface/token)\n"},
    {"a.sh", "cat ~/.cache/huggingface/hub/version.txt\n"},
    {"a.sh", "echo \"Set HF_TOKEN with: export HF_TOKEN=hf_xxx\"\n"},
    {"a.md", "Set `HF_TOKEN` and check with `hf auth whoami`.\n"},
    {"a.yml", "jobs:\n  a:\n    steps:\n      - run: echo \"::add-mask::$HF_TOKEN\"\n"},
    {"a.sh", "echo \"$TOKENIZERS_PARALLELISM $HF_HUB_ENABLE_HF_TRANSFER\"\n"},
    {"a.sh", "env | grep CUDA # hf_\n"},
    {"a.sh", "docker run -e HF_TOKEN img echo hi\n"},
    {"a.sh", "if [ \"${HF_TOKEN:0:3}\" != \"hf_\" ]; then echo \"bad\"; fi\n"},
    {"a.ps1", "if (-not $env:HF_TOKEN) { Write-Host \"HF_TOKEN missing\" }\n"},
    {"a.bat", "if \"%HF_TOKEN%\"==\"\" echo HF_TOKEN is not set\n"},
    {"a.sh", "env | grep HF_ | cut -d= -f1\n"},
    {"a.sh", "env | grep ^HF_ | sed \"s/=.*/=***/\"\n"},
};

TEST(Logging, ShownByShellOnlyAlikeIsNot) { expect_clean("HF6003", kShownByShellClean); }

}  // namespace
}  // namespace hfscan
