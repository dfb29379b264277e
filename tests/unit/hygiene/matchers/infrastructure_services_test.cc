#include <gtest/gtest.h>

#include "containers_support.h"

namespace hfscan {
namespace {

TEST(Services, AValueInADefinitionIsFound) {
  const Example examples[] = {
      {"x.service", "[Unit]\nDescription=x\n[Service]\nExecStart=/bin/x\nEnvironment=\"HF_TOKEN=abcdef\"\n"},
      {"x.service", "[Unit]\nDescription=x\n[Service]\nExecStart=/bin/x\nEnvironment=A=b \"HF_TOKEN=abcdef\" C=d\n"},
      {"tgi.service.d/override.conf", "[Service]\nEnvironment=HF_TOKEN=abcdef\n"},
      {"x.service", "[Unit]\nDescription=x\n[Service]\nExecStart=/bin/x\nEnvironment='HUGGING_FACE_HUB_TOKEN=<TOKEN>'\n"},
      {"supervisord.conf", "[program:x]\ncommand=x\nenvironment=A=\"b\",HF_TOKEN=\"abcdef\"\n"},
      {"conf/app.conf", "[program:x]\ncommand=x\nenvironment=\n  A=\"b\",\n  HF_TOKEN=\"abcdef\"\n"},
      {"com.x.plist",
       "<?xml version=\"1.0\"?>\n<plist "
       "version=\"1.0\"><dict>\n<key>EnvironmentVariables</key>\n<dict>\n<key>HF_TOKEN</key>\n<string>abcdef</string>\n</"
       "dict></dict></plist>\n"},
      {"fly.toml", "app = \"x\"\n[env]\n  HF_TOKEN = \"abcdef\"\n"},
      {"vercel.json", "{\"env\": {\"HF_TOKEN\": \"abcdef\"}}"},
      {"render.yaml", "services:\n- type: web\n  envVars:\n  - key: HF_TOKEN\n    value: abcdef\n"},
      {"ecosystem.config.js", "module.exports = { apps: [{ name: \"x\", env: { HF_TOKEN: \"abcdef\" } }] }\n"},
      {"app.json", "{\"env\": {\"HF_TOKEN\": {\"value\": \"abcdef\"}}}"},
      {"Makefile", "HF_TOKEN := <TOKEN>\nrun:\n\tpython x.py\n"},
      {"Makefile", "export HF_TOKEN=<TOKEN>\n"},
      {"crontab", "HF_TOKEN=<TOKEN>\n0 * * * * x\n"},
      {"jobs.cron", "0 * * * * HF_TOKEN=<TOKEN> python x.py\n"},
      {"netlify.toml", "[build.environment]\n  HF_TOKEN = \"abcdef\"\n"},
      {"railway.toml", "[env]\nHF_TOKEN=\"<TOKEN>\"\n"},
      {"heroku.yml", "setup:\n  config:\n    HF_TOKEN: abcdef\n"},
      {"tgi.container", "[Container]\nImage=x\nEnvironment=HF_TOKEN=abcdef\n"},
      {"README.md", "```ini\n[Service]\nEnvironment=HF_TOKEN=abcdef\n```\n"},
      {"i.sh", "cat > /etc/systemd/system/x.service <<EOF\n[Service]\nEnvironment=HF_TOKEN=abcdef\nEOF\n"},
      {"Procfile.dev", "worker: env HF_TOKEN=<TOKEN> python w.py\n"},
  };
  for (const Example& example : examples) {
    const std::string text = with_tokens(std::string(example.text));
    EXPECT_TRUE(is_found(example.path, text, "HF4014")) << example.path << "\n" << example.text;
  }
}

TEST(Services, ReferencesAndSecretFilesAreNot) {
  const Example examples[] = {
      {"x.service", "[Unit]\nDescription=x\n[Service]\nExecStart=/bin/x\nEnvironmentFile=/etc/x.env\n"},
      {"x.service", "[Unit]\nDescription=x\n[Service]\nExecStart=/bin/x\nEnvironment=HF_TOKEN=\n"},
      {"x.service", "[Unit]\nDescription=x\n[Service]\nExecStart=/bin/x\nPassEnvironment=HF_TOKEN\n"},
      {"x.service", "[Unit]\nDescription=x\n[Service]\nExecStart=/bin/x\nEnvironment=HF_TOKEN_PATH=%d/hf\n"},
      {"x.service", "[Unit]\nDescription=x\n[Service]\nExecStart=/bin/x\n# Environment=HF_TOKEN=abc\n"},
      {"supervisord.conf", "[program:x]\nenvironment=HF_TOKEN=\"%(ENV_HF_TOKEN)s\"\n"},
      {"Procfile", "web: HF_TOKEN=$HF_TOKEN gunicorn app\n"},
      {"fly.toml", "[env]\nHF_HOME=\"/data\"\n"},
      {"vercel.json", "{\"env\": {\"HF_TOKEN\": \"@hf-token\"}}"},
      {"render.yaml", "services:\n- envVars:\n  - key: HF_TOKEN\n    sync: false\n"},
      {"ecosystem.config.js", "module.exports = { apps: [{ env: { HF_TOKEN: process.env.HF_TOKEN } }] }\n"},
      {"app.json", "{\"env\": {\"HF_TOKEN\": {\"description\": \"token\", \"required\": true}}}"},
      {"Makefile", "HF_TOKEN ?=\nrun:\n\tHF_TOKEN=$(HF_TOKEN) python x\n"},
      {"Makefile", "HF_TOKEN := $(shell cat token)\n"},
      {"crontab", "0 * * * * . /etc/hf.env && python x.py\n"},
      {"com.x.plist",
       "<plist><dict><key>EnvironmentVariables</key><dict><key>HF_HOME</key><string>/x</string></dict></dict></plist>\n"},
  };
  for (const Example& example : examples) {
    const std::string text = with_tokens(std::string(example.text));
    EXPECT_FALSE(is_found(example.path, text, "HF4014")) << example.path << "\n" << example.text;
  }
}

}  // namespace
}  // namespace hfscan
