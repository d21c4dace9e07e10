// A situation to be judged, as JSON. What is read survives being written, and its decision too.
#include "law_files.h"

using namespace comity;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    static auto const law = treaty::read_law(test::law_files(), test::law_hash).value();
    auto const value = json::parse(as_text({ data, size }));
    if (!value.ok()) return 0;
    auto const situation = treaty::read_situation(law, value.value());
    if (!situation.ok()) {
        MUST(!situation.error().what.empty());
        return 0;
    }
    auto const written = treaty::write(situation.value());
    auto const again = treaty::read_situation(law, written);
    MUST(again.ok() && json::print(treaty::write(again.value())) == json::print(written));
    auto const decision = treaty::decide(law, situation.value());
    MUST(treaty::combine(decision.findings) == decision.verdict);
    MUST(json::print(treaty::write(decision))
        == json::print(treaty::write(treaty::decide(law, again.value()))));
    return 0;
}
