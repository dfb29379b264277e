// HF6007: all options of a program saved or logged.
#include <string_view>

#include "jobs_cases.h"

namespace hfscan {
namespace {

constexpr MatcherCase kOptionsDumpedFound[] = {
    {"t.py",
     "import argparse\np = argparse.ArgumentParser()\np.add_argument(\"--hf_token\", type=str)\nargs = "
     "p.parse_args()\nwandb.config.update(vars(args))\n"},
    {"t.py",
     "import argparse\np = argparse.ArgumentParser()\np.add_argument(\"--hf_token\", type=str)\nargs = "
     "p.parse_args()\nwandb.init(config=args)\n"},
    {"t.py",
     "import argparse\np = argparse.ArgumentParser()\np.add_argument(\"--hf_token\", type=str)\nargs = "
     "p.parse_args()\nmlflow.log_params(vars(args))\n"},
    {"t.py",
     "import argparse\np = argparse.ArgumentParser()\np.add_argument(\"--hf_token\", type=str)\nargs = "
     "p.parse_args()\nprint(args)\n"},
    {"t.py",
     "import argparse\np = argparse.ArgumentParser()\np.add_argument(\"--hf_token\", type=str)\nargs = "
     "p.parse_args()\nlogger.info(args)\n"},
    {"t.py",
     "import argparse\np = argparse.ArgumentParser()\np.add_argument(\"--hf_token\", type=str)\nargs = "
     "p.parse_args()\njson.dump(vars(args), open(\"a\",\"w\"))\n"},
    {"t.py",
     "import argparse\np = argparse.ArgumentParser()\np.add_argument(\"--hf_token\", type=str)\nargs = "
     "p.parse_args()\nyaml.dump(args.__dict__, f)\n"},
    {"t.py",
     "import argparse\np = argparse.ArgumentParser()\np.add_argument(\"--hf_token\", type=str)\nargs = "
     "p.parse_args()\nprint(vars(args))\n"},
    {"t.py",
     "import argparse\np = argparse.ArgumentParser()\np.add_argument(\"--hf_token\", type=str)\nargs = "
     "p.parse_args()\nlogger.info(f\"Args: {args}\")\n"},
    {"t.py",
     "import argparse\np = argparse.ArgumentParser()\np.add_argument(\"--hf_token\", type=str)\nargs = "
     "p.parse_args()\nswanlab.init(config=vars(args))\n"},
    {"t.py",
     "import argparse\np = argparse.ArgumentParser()\np.add_argument(\"--hf_token\", type=str)\nargs = "
     "p.parse_args()\ntorch.save({\"args\": vars(args)}, \"x.pt\")\n"},
    {"t.py",
     "import argparse\np = argparse.ArgumentParser()\np.add_argument(\"--hf_token\", type=str)\nargs = "
     "p.parse_args()\naccelerator.init_trackers(\"x\", config=vars(args))\n"},
    {"t.py",
     "import argparse\np = argparse.ArgumentParser()\np.add_argument(\"--hf_token\", type=str)\nargs = "
     "p.parse_args()\nself.save_hyperparameters(args)\n"},
    {"t.py",
     "import argparse\np = argparse.ArgumentParser()\np.add_argument(\"--hf_token\", type=str)\nargs = "
     "p.parse_args()\nprint(f\"Arguments: {vars(args)}\")\n"},
    {"t.py",
     "import argparse\np = argparse.ArgumentParser()\np.add_argument(\"--hf_token\", type=str)\nargs = "
     "p.parse_args()\nwriter.add_text(\"args\", str(args))\n"},
    {"t.py",
     "import argparse\np = argparse.ArgumentParser()\np.add_argument(\"--hf_token\", type=str)\nargs = "
     "p.parse_args()\nprint(json.dumps(vars(args), indent=2))\n"},
    {"t.py",
     "@dataclass\nclass A:\n    lr: float\n    hub_token: Optional[str] = None\n\nparser = HfArgumentParser(A)\n(a,) = "
     "parser.parse_args_into_dataclasses()\nmlflow.log_params(asdict(a))\n"},
};

TEST(Logging, OptionsDumpedIsFound) { expect_found("HF6007", kOptionsDumpedFound); }

constexpr MatcherCase kOptionsDumpedClean[] = {
    {"t.py",
     "import argparse\np = argparse.ArgumentParser()\np.add_argument(\"--hf_token\", type=str)\nargs = "
     "p.parse_args()\nwandb.init(config={\"lr\": args.lr})\n"},
    {"t.py",
     "import argparse\np = argparse.ArgumentParser()\np.add_argument(\"--hf_token\", type=str)\nargs = "
     "p.parse_args()\nargs.hf_token = None\nwandb.init(config=vars(args))\n"},
    {"t.py",
     "import argparse\np = argparse.ArgumentParser()\np.add_argument(\"--hf_token\", type=str)\nargs = p.parse_args()\ndel "
     "args.hf_token\nprint(args)\n"},
    {"t.py",
     "import argparse\np = argparse.ArgumentParser()\np.add_argument(\"--hf_token\", type=str)\nargs = "
     "p.parse_args()\nprint(args.lr)\n"},
    {"t.py",
     "import argparse\np = argparse.ArgumentParser()\np.add_argument(\"--hf_token\", type=str)\nargs = "
     "p.parse_args()\nlogin(token=args.hf_token)\nlogger.info(\"done\")\n"},
    {"t.py",
     "import argparse\np = argparse.ArgumentParser()\np.add_argument(\"--hf_token\", type=str)\nargs = p.parse_args()\nconfig "
     "= {k: v for k, v in vars(args).items() if \"token\" not in k}\nwandb.init(config=config)\n"},
    {"t.py",
     "import argparse\np = argparse.ArgumentParser()\np.add_argument(\"--hf_token\", type=str)\nargs = "
     "p.parse_args()\nwandb.init(config={k: v for k, v in vars(args).items() if k != \"hf_token\"})\n"},
    {"t.py",
     "import argparse\np = argparse.ArgumentParser()\np.add_argument(\"--hf_token\", type=str)\nargs = "
     "p.parse_args()\ntrain(args)\n"},
    {"t.py",
     "import argparse\np = argparse.ArgumentParser()\np.add_argument(\"--hf_model\", type=str)\nargs = "
     "p.parse_args()\nprint(args)\n"},
};

TEST(Logging, OptionsDumpedOnlyAlikeIsNot) { expect_clean("HF6007", kOptionsDumpedClean); }

}  // namespace
}  // namespace hfscan
