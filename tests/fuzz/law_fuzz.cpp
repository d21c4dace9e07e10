// One table of the law out of a foreign hand: its file's name on the first line, then its text. It
// is refused with the file named, or it is a law that decisions can be made under.
#include "fuzz/fuzz.h"
#include "law_files.h"

using namespace comity;

namespace {

void decide_under(treaty::Law const& law)
{
    for (auto const& requesting : law.parties())
        for (auto const& requested : law.parties()) {
            if (requesting.code == requested.code) continue;
            treaty::Situation const situation { treaty::Measure::information_request,
                requesting.code, requested.code, parse_instant("2026-04-17T09:14:00Z").value(),
                {} };
            auto const decision = treaty::decide(law, situation);
            MUST(decision.verdict != treaty::Verdict::permitted);
            static_cast<void>(json::print(treaty::write(decision)));
            return;
        }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    static auto const files = test::law_files();
    fuzz::Input input { data, size };
    auto const name = input.line();
    auto changed = files;
    for (auto& file : changed)
        if (file.name == name) file.text = input.text();
    auto const law = treaty::read_law(changed, test::law_hash);
    if (law.ok())
        decide_under(law.value());
    else
        MUST(!law.error().what.empty());
    return 0;
}
