// Decisions with every finding and every fact that was read, beside calling as many rules that say
// nothing.
#include "bench/measure.h"
#include "law_files.h"

using namespace comity;

namespace {

struct Rule {
    virtual ~Rule() = default;
    virtual treaty::Outcome judge(treaty::Facts const& facts) const = 0;
};

// Two kinds in turn, so that the machine cannot know which call comes next by its address alone.
struct Silent final : Rule {
    treaty::Outcome judge(treaty::Facts const&) const override { return treaty::Outcome::holds; }
};
struct Mute final : Rule {
    treaty::Outcome judge(treaty::Facts const&) const override { return treaty::Outcome::missing; }
};

std::vector<std::unique_ptr<Rule>> silent_rules(std::size_t count)
{
    std::vector<std::unique_ptr<Rule>> out;
    for (std::size_t i = 0; i < count; ++i)
        if (i % 2 == 0)
            out.push_back(std::make_unique<Silent>());
        else
            out.push_back(std::make_unique<Mute>());
    return out;
}

constexpr std::string_view text = R"({"measure":"information-request","requesting":"BG",
"requested":"RO","at":"2026-04-17T09:14:00Z","facts":{"purpose":"investigation",
"offence":"vehicle theft","kind":"vehicle-owner","need-ground":"identify-owner",
"case-number":"2026-0417","subject-named":true,"personal-data":true,"erase-by":"2027-04-17",
"requesting-authority":"BG-IOCD","requested-authority":"RO-MAI","route":"national-central-unit",
"medium":"system","urgent":false,"channel-secure":true,"official-authorised":true,
"classification-level":0,"supervisor-permission":true}})";

void measure(treaty::Law const& law, treaty::Situation const& situation)
{
    auto const pair = treaty::resolve(law, situation.requesting, situation.requested, situation.at);
    auto const rules = silent_rules(treaty::decide(law, situation).findings.size());
    auto const rate = bench::rates({
        [&](std::size_t times) {
            for (; times > 0; --times) bench::keep(treaty::decide(law, pair, situation).verdict);
        },
        [&](std::size_t times) {
            for (; times > 0; --times) bench::keep(treaty::decide(law, situation).verdict);
        },
        [&](std::size_t times) {
            for (; times > 0; --times) {
                auto const read = treaty::read_situation(law, json::parse(text).take()).take();
                bench::keep(treaty::json_text(treaty::decide(law, read)).size());
            }
        },
        [&](std::size_t times) {
            for (; times > 0; --times)
                for (auto const& rule : rules) bench::keep(rule->judge(situation.facts));
        },
    });
    auto const limit = fmt::format("{} virtual calls that say nothing", rules.size());
    bench::say("Decisions a second, the two Parties resolved before", rate[0], limit, rate[3]);
    bench::say("Decisions a second, Parties resolved each time", rate[1], limit, rate[3]);
    bench::say("Decisions a second, from JSON to JSON in words", rate[2], limit, rate[3]);
}

} // namespace

int main()
{
    auto const law = treaty::read_law(test::law_files(), test::law_hash).take();
    auto const situation = treaty::read_situation(law, json::parse(text).take()).take();
    MUST(treaty::decide(law, situation).verdict == treaty::Verdict::permitted);
    measure(law, situation);
}
