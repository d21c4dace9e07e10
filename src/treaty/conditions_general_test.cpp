#include "treaty/conditions_test.h"

namespace comity::treaty::test {
namespace {

constexpr std::string_view data_exchanges
    = "messages situation-report migration-exchange liaison-act liaison-representation "
      "witness-reception";

constexpr Condition conditions[] {
    { "A1",
        "transmissions operations controlled-delivery undercover-investigation "
        "preventive-undercover-investigation evidence-request body-search",
        "R", ".always",
        "purpose=threat-to-public-security | purpose=prevention | "
        "(purpose=detection | purpose=investigation) & offence?" },
    { "A2(a)", "between-authorities", "R", ".always",
        ".requesting-registered & .requested-registered" },
    { "A2(d)", "between-parties", "R", ".always", ".requesting-party & .requested-party" },
    { "A4(1)-1", "requests", "R", ".always",
        "!.table-reserves & (.table-clears | !judicial-reserved)" },
    { "A4(1)-2", "information-request-received", "O", ".always", "!competent" },
    { "A4(2)-1", "between-authorities", "R", ".always",
        ".requesting-listed & (.requested-listed | route=registration-authority)" },
    { "A4(3)", "transmissions", "R", "route=national-central-unit", ".both-central" },
    { "A4(4)-1", "transmissions", "R", "route=direct", "direct-expedient & !direct-ground=none" },
    { "A4(4)(a)", "requests", "R", "route=direct & direct-ground=border-region-crime",
        "border-region" },
    { "A4(4)(b)", "requests", "R", "route=direct & direct-ground=immediate-threat",
        "threat-immediate & usual-channel-too-late" },
    { "A4(5)(a)-1", "requests", "R", "kind=vehicle-owner", "!need-ground=none" },
    { "A4(5)(a)-2", "requests", "R", "route=registration-authority",
        "kind=vehicle-owner & (vehicle-class=motor-vehicle & .requested-registry | "
        "vehicle-class=vessel & urgent & .requested-listed)" },
    { "A4(5)(b)", "requests", "R", "kind=driving-licence", "subject-named" },
    { "A4(5)(c)", "requests", "R", "kind=residence", "subject-named" },
    { "A4(5)(d)", "requests", "R", "kind=telecom-subscriber", "subject-named" },
    { "A4(5)(e)", "requests", "R", "kind=identification", "subject-named" },
    { "A4(5)(f)", "requests", "R", "kind=object-origin", "subject-named" },
    { "A4(5)(g)", "requests", "R", "kind=wanted-search", "subject-named" },
    { "A4(5)(h)", "requests", "R", "kind=search-measures", "subject-named" },
    { "A4(5)(i)", "requests", "R", "kind=interview", "subject-named" },
    { "A4(5)(j)", "requests", "R", "kind=crime-scene", "subject-named" },
    { "A4(5)(k)", "requests", "R", "kind=witness-protection",
        "compartment=witness-protection & subject-named" },
    { "A4(5)(l)", "requests", "R", "kind=pursuit-information", "subject-named" },
    { "A4(5)(m)", "requests", "R", "kind=mass-event", "subject-named" },
    { "A4(5)-open", "requests", "R", "kind=other", "explanation?" },
    { "A4(6)-1", "transmissions refusal", "R", "!(.asks & medium=oral)", "!medium=oral" },
    { "A4(6)-2", "transmissions", "R", "personal-data", "channel-secure" },
    { "A4(6)-3", "requests spontaneous-information", "R", "medium=oral", "urgent" },
    { "A4(6)-4", "information-answer", "F", ".always", "request-oral & !confirmed-in-writing" },
    { "A4(6)-5", "sendings refusal", "R", ".always", "official-authorised" },
    { "A30(1)-1", "refusal", "R", ".always", "!refusal-ground=other" },
    { "A30(1)-2", "refusal", "R", ".always", "!medium=oral & reasons?" },
    { "A31(3)", data_exchanges, "R", "personal-data", ".requesting-ready & .requested-ready" },
    { "A31(4)(a)-1", data_exchanges, "R", "personal-data", "!purpose=other" },
    { "A31(4)(b)-1", data_exchanges, "R", "personal-data", "erase-by>=.sender-day" },
    { "A31(4)(e)-1", data_exchanges, "R", "personal-data", "case-number?" },
    { "A32(2)", "messages", "R", "classification-level>=1",
        ".sender-marks & (.receiver-marks | handling-agreed)" },
    { "A32(3)", "sendings further-requests surveillance classified-transmission", "R",
        "classification-level>=1", "classification-reason?" },
    { "A32(7)", "messages", "R", "classification-level>=1",
        "medium=courier | channel-level>=classification-level" },
    { "A40(1)", "between-parties", "R", ".always", ".convention-in-force" },
    { "A40(2)", "between-parties", "R", ".always", ".requesting-party & .requested-party" },
    { "RES-BG(1)", "messages", "R", ".bulgaria-reserves & classification-level>=1",
        "security-agreement" },
    { "RES-BG(2)", "sendings further-requests surveillance classified-transmission", "R",
        ".bulgaria-reserves & .bulgaria-sends & personal-data", "supervisor-permission" },
    { "RES-HR(2)", "transmissions", "F", ".croatia-reserves & kind=vehicle-owner",
        "disputed-territory" },
};

} // namespace

constinit std::span<Condition const> const conditions_of_general { conditions };

} // namespace comity::treaty::test
