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

/// The least that a decision with reasons can be: 150 paragraphs of which 45 apply, a finding for
/// each, one mask of what was read. It knows no agreement, no Party and no texts.
namespace sketch {

struct Facts {
    std::uint32_t known = 0;
    std::array<std::int64_t, 8> values {};
};
struct View {
    Facts const& facts;
    std::uint32_t read = 0;
    bool missing = false;

    std::int64_t operator[](std::size_t fact)
    {
        std::uint32_t const bit = 1U << fact;
        read |= bit;
        missing |= (facts.known & bit) == 0;
        return facts.values[fact];
    }
};
struct Rule {
    bool governs;
    bool forbids;
    bool (*holds)(View&);
};
struct Finding {
    Rule const* rule;
    std::uint32_t read;
    std::uint8_t result;
};
struct Decision {
    bool permitted = false;
    std::size_t count = 0;
    std::array<Finding, 64> findings;
};

bool consent(View& view)
{
    return view[0] != 0 && view[2] >= 12;
}
bool late(View& view)
{
    return view[1] != 0 && view[0] == 0 && view[3] - view[4] > 18000;
}
bool home(View& view)
{
    return view[5] != 0;
}

std::vector<Rule> rules()
{
    std::vector<Rule> out;
    for (int i = 0; i < 150; ++i)
        out.push_back({ i < 45, i % 3 != 0, i % 3 == 0 ? consent : i % 3 == 1 ? late : home });
    return out;
}

Decision decide(std::vector<Rule> const& rules, Facts const& facts)
{
    Decision out;
    bool fine = true;
    for (auto const& rule : rules) {
        if (!rule.governs) continue;
        View view { facts };
        bool const holds = rule.holds(view);
        std::uint8_t const result = view.missing ? 2 : holds;
        out.findings[out.count++] = { &rule, view.read, result };
        fine &= result == (rule.forbids ? 0 : 1);
    }
    out.permitted = fine;
    return out;
}

} // namespace sketch

constexpr std::string_view text = R"({"measure":"information-request","requesting":"BG",
"requested":"RO","at":"2026-04-17T09:14:00Z","facts":{"purpose":"investigation",
"offence":"vehicle theft","kind":"vehicle-owner","need-ground":"identify-owner",
"case-number":"2026-0417","subject-named":true,"personal-data":true,"erase-by":"2027-04-17",
"requesting-authority":"BG-IOCD","requested-authority":"RO-MAI","route":"national-central-unit",
"medium":"system","urgent":false,"channel-secure":true,"official-authorised":true,
"classification-level":0,"supervisor-permission":true}})";

void measure(
    treaty::Law const& law, treaty::Situation const& situation, double cedar_rate, double sketch_ns)
{
    auto const sketched = sketch::rules();
    sketch::Facts facts { 0x3f, { 1, 0, 24 } };
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
        [&](std::size_t times) {
            for (; times > 0; --times) {
                facts.values[2] = static_cast<std::int64_t>(times & 31U);
                bench::keep(sketch::decide(sketched, facts).permitted);
            }
        },
    });
    auto const limit = fmt::format("{} virtual calls that say nothing", rules.size());
    bench::say("Decisions a second, the two Parties resolved before", rate[0], limit, rate[3]);
    bench::say("Decisions a second, Parties resolved each time", rate[1], limit, rate[3]);
    bench::say("Decisions a second, from JSON to JSON in words", rate[2], limit, rate[3]);
    bench::say("Decisions a second, the two Parties resolved before", rate[0],
        "a sketch of 45 paragraphs that apply of 150", rate[4]);
    if (sketch_ns > 0)
        bench::say("Decisions a second, the two Parties resolved before", rate[0],
            "the sketch of the plan, 45 of 150 paragraphs", 1e9 / sketch_ns);
    if (cedar_rate > 0)
        bench::say("Decisions a second, Parties resolved each time", rate[1],
            "Cedar through WebAssembly, 20 rules prepared before", cedar_rate);
}

} // namespace

/// The arguments, 0 where not measured: decisions a second of Cedar, and nanoseconds a decision of
/// the plan's sketch, on this machine.
int main(int argc, char** argv)
{
    auto const law = treaty::read_law(test::law_files(), test::law_hash).take();
    auto const situation = treaty::read_situation(law, json::parse(text).take()).take();
    MUST(treaty::decide(law, situation).verdict == treaty::Verdict::permitted);
    // NOLINTNEXTLINE(cert-err34-c): our own script's numbers
    auto const number = [&](int place) { return place < argc ? std::atof(argv[place]) : 0; };
    measure(law, situation, number(1), number(2));
}
