#include "message/dictionary/spellings.h"

namespace comity::message::detail {
namespace {

constexpr Meaning meanings[] = {
    { "crimeArea", plain, "Area of crime, D16." },
    { "trend", plain, "Which way it goes." },
    { "likelihood", whole(1, 5), "1 to 5." },
    { "impact", whole(1, 5), "1 to 5." },
    { "confidence", whole(1, 5), "1 to 5." },
    { "indicators", plain, "Indicators." },
    { "year", whole(2000, 2999), "Year." },
    { "threats", plain, "Findings.", { 0, 50 } },
    { "actionNumber", code, "Number of the action." },
    { "title", line, "Title." },
    { "PlannedAction.leader", state, "State that leads." },
    { "participants", name, "States and bodies that take part.", { 0, 64 } },
    { "indicator", line, "What is counted." },
    { "target", whole(0, 1000000000000), "What it should reach." },
    { "humanRightsChecked", plain, "Whether human rights were looked at, D6." },
    { "financialPart", plain, "Whether it follows the money, D21(c)." },
    { "genderDimension", text, "D24." },
    { "planNumber", code, "Number of the plan." },
    { "threatsAnswered", line, "Findings that it answers.", { 0, 50 } },
    { "actions", plain, "Actions." },
    { "linkedPlan", code, "Plan of the other region that it is linked to, D19(b)." },
    { "point", code, "Point of the declaration: D21(c)." },
    { "commitmentState", plain, "How far it is." },
    { "evidence", text, "What shows it." },
    { "key", code, "Same key, same result, whoever reports it." },
    { "figures", plain, "Figures.", { 0, 200 } },
    { "womenAmongLeadersPercent", whole(0, 100), "D24(a)." },
    { "obstacles", note, "What stood in the way.", { 0, 50 } },
    { "use", plain, "What the key is for." },
    { "oldSha256", sha256, "Fingerprint of the one that goes." },
    { "newSha256", sha256, "Fingerprint of the one that comes." },
    { "certificate", pem, "The new certificate in PEM." },
    { "KeyRotationNotice.validFrom", plain, "From when on." },
    { "oldUntil", plain, "Until when the old one holds." },
    { "compromised", plain, "Whether the old key may be known to others." },
    { "version", whole(1, 9223372036854775807), "Number of the list." },
    { "listSha256", sha256, "Hash of the list." },
    { "voteBy", plain, "By when." },
    { "approves", plain, "Whether it approves." },
    { "signature", base64, "Detached CMS signature over the exact bytes of the list." },
};

} // namespace

std::span<Meaning const> cycle_meanings()
{
    return meanings;
}

} // namespace comity::message::detail
