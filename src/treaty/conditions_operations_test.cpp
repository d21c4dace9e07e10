#include "treaty/conditions_test.h"

namespace comity::treaty::test {
namespace {

constexpr Condition conditions[] {
    { "A13(1)-1", "hot-pursuit", "R", ".always",
        "@hot-pursuit & pursuit-began-at-home & !pursuit-ground=none & "
        "(notice-impossible | take-over-too-late)" },
    { "A13(1)-2", "hot-pursuit", "R", "pursuit-ground=escape",
        "escaped-from=provisional-custody | escaped-from=sentence" },
    { "A13(1)-3", "hot-pursuit", "R", ".always", "contacted-at<=crossed-at" },
    { "A13(1)-4", "hot-pursuit hot-pursuit-act", "F", "stop-requested",
        ".is-hot-pursuit | act-in-pursuit=continue-pursuit | act-in-pursuit=detain" },
    { "A13(1)-5", "hot-pursuit-act", "O", ".always", "act-in-pursuit=ask-to-challenge" },
    { "A13(2)", "hot-pursuit", "R", ".always",
        ".hides-pursuit-offences | .states-pursuit-offences & "
        "(@pursuit-offences=listed & offence-listed | "
        "@pursuit-offences=extraditable & extraditable)" },
    { "A13(3)(a)", "hot-pursuit-act", "F", "act-in-pursuit=detain", "!@pursuit-detention" },
    { "A13(3)(b)", "hot-pursuit-act", "R", "act-in-pursuit=detain & @pursuit-detention",
        "!stop-requested & local-cannot-intervene" },
    { "A13(4)(a)", "hot-pursuit-act", "R",
        "(act-in-pursuit=continue-pursuit | act-in-pursuit=detain) & !@pursuit-unlimited",
        "(@pursuit-area-metres | @pursuit-time-minutes) & "
        "(!@pursuit-area-metres | metres-from-border<=@pursuit-area-metres) & "
        "(!@pursuit-time-minutes | .at<=.pursuit-ends)" },
    { "A13(4)(b)", "hot-pursuit", "O", ".always", "@pursuit-unlimited" },
    { "A13(5)(a)", "hot-pursuit-act", "R", ".always",
        "!against-local-law & !against-instructions" },
    { "A13(5)(b)", "hot-pursuit", "R", ".always",
        "border-crossed=land | border-crossed=river | border-crossed=lake | border-crossed=sea" },
    { "A13(5)(c)", "hot-pursuit-act", "F", "act-in-pursuit=enter-premises",
        "premises=private-home | premises=closed-to-public" },
    { "A13(5)(d)-1", "hot-pursuit", "R", ".always",
        "!(!uniform-worn & !armband-worn & !vehicle-marked)" },
    { "A13(5)(d)-2", "hot-pursuit hot-pursuit-act", "R", ".always", "capacity-provable" },
    { "A13(5)(e)", "hot-pursuit-act", "F", "act-in-pursuit=use-weapon",
        "!in-legitimate-self-defence" },
    { "A13(5)(f)", "hot-pursuit-act", "R",
        "act-in-pursuit=search | act-in-pursuit=handcuff | act-in-pursuit=seize | "
        "act-in-pursuit=interrogate | act-in-pursuit=other-on-person",
        "@pursuit-detention & detained-by-pursuers & "
        "(act-in-pursuit=search & for-local-authorities | "
        "act-in-pursuit=handcuff & during-transfer | "
        "act-in-pursuit=seize & objects-of-the-person)" },
    { "A13(5)(g)", "hot-pursuit hot-pursuit-act", "O", ".always",
        ".is-hot-pursuit | !act-in-pursuit=report" },
    { "A13(5)(h)", "hot-pursuit-act", "R", "act-in-pursuit=assist-investigation",
        "assistance-requested & identity-protected" },
    { "A13(6)-1", "detention-for-questioning", "R", "!arrest-followed=controlled-delivery",
        "arrest-followed=hot-pursuit & arrested-by-local" },
    { "A13(6)-2", "detention-for-questioning", "R",
        "arrest-followed=hot-pursuit & !national-of-territory & "
        "!(extradition-requested & !extradition-requested-at>=due:six-hours/arrested-at)",
        ".at<=due:six-hours/arrested-at" },
    { "A13(6)-3", "detention-for-questioning", "O", ".always",
        "arrest-followed=hot-pursuit & !national-of-territory & "
        "extradition-requested & !extradition-requested-at>=due:six-hours/arrested-at" },
    { "A13(7)", "hot-pursuit", "R", ".always", "@pursuit-services~acting-service" },
    { "A13(8)", "hot-pursuit", "R", "pursuit-ground=further-ground", "@pursuit-further-grounds" },

    { "A14(1)-1", "surveillance", "R", ".always",
        "@surveillance & criminal-investigation & surveilled-at-home & presumed-participant & "
        "extraditable & authorised" },
    { "A14(1)-2", "surveillance surveillance-act", "R", "conditions-set", "conditions-met" },
    { "A14(1)-3", "surveillance", "O", ".always", "hand-over-asked" },
    { "A14(1)-4", "surveillance urgent-surveillance", "R", ".always",
        "@surveillance-authority~requested-authority" },
    { "A14(2)-1", "urgent-surveillance", "R", ".always",
        "@surveillance & criminal-investigation & surveilled-at-home & presumed-participant & "
        "prior-request-impossible" },
    { "A14(2)-2", "urgent-surveillance", "O", ".always", "!crossing-notified" },
    { "A14(2)-3", "urgent-surveillance", "O", ".always", "!request-submitted" },
    { "A14(3)", "urgent-surveillance", "R", ".always",
        ".hides-surveillance-urgent-offences | .states-surveillance-urgent-offences & "
        "(@surveillance-urgent-offences=listed & offence-listed | "
        "@surveillance-urgent-offences=extraditable & extraditable)" },
    { "A14(4)-1", "surveillance urgent-surveillance surveillance-act", "F", "stop-requested",
        ".is-surveillance | .is-urgent-surveillance | act-in-surveillance=continue-surveillance | "
        "act-in-surveillance=use-technical-means" },
    { "A14(4)-2", "urgent-surveillance surveillance-act", "R",
        "(.is-urgent-surveillance | act-in-surveillance=continue-surveillance | "
        "act-in-surveillance=use-technical-means) & "
        "!(authorised & authorised-at<=due:five-hours/crossed-at)",
        "!.at>=due:five-hours/crossed-at" },
    { "A14(5)(a)", "surveillance-act", "R", ".always",
        "!against-local-law & !against-instructions" },
    { "A14(5)(b)", "surveillance surveillance-act", "R",
        ".is-surveillance | !crossed-without-authorisation", "authorisation-carried" },
    { "A14(5)(c)", "surveillance urgent-surveillance surveillance-act", "R", ".always",
        "capacity-provable" },
    { "A14(5)(d)", "surveillance urgent-surveillance surveillance-act", "F", ".always",
        "weapons-taken-along & weapons-excluded | .is-surveillance-act & "
        "act-in-surveillance=use-weapon & !in-legitimate-self-defence" },
    { "A14(5)(e)", "surveillance-act", "F", "act-in-surveillance=enter-premises",
        "premises=private-home | premises=closed-to-public" },
    { "A14(5)(f)", "surveillance-act", "F", ".always",
        "act-in-surveillance=challenge | act-in-surveillance=arrest" },
    { "A14(5)(g)-1", "surveillance urgent-surveillance surveillance-act", "O", ".always",
        ".is-surveillance | .is-urgent-surveillance | !act-in-surveillance=report" },
    { "A14(5)(g)-2", "surveillance-act", "O", ".always", "act-in-surveillance=appear-in-court" },
    { "A14(5)(h)", "surveillance-act", "R", "act-in-surveillance=assist-investigation",
        "assistance-requested & identity-protected" },
    { "A14(6)", "surveillance urgent-surveillance", "R", ".always",
        "@surveillance-services~acting-service" },
    { "A14(7)", "surveillance-act", "R", "act-in-surveillance=use-technical-means",
        "@surveillance-technical-means & official-in-charge-consents" },

    { "A15(1)-1", "controlled-delivery", "R", ".always",
        "!medium=oral & purpose=investigation & extraditable & no-other-means?" },
    { "A15(1)-2", "controlled-delivery", "R", ".always", "authorised" },
    { "A15(1)-3", "controlled-delivery", "R", ".always", "!consignment=other | explanation?" },
    { "A15(1)-4", "controlled-delivery", "R", "contents-dangerous & conditions-set",
        "conditions-met" },
    { "A15(2)-1", "controlled-delivery controlled-delivery-act", "R",
        ".is-controlled-delivery | act-in-delivery=accompany",
        "(take-over-place=border | take-over-place=agreed-place) & "
        "(.is-controlled-delivery | taken-over-at<=released-at)" },
    { "A15(2)-2", "controlled-delivery", "R", ".always", "monitoring-assured" },
    { "A15(2)-3", "controlled-delivery-act", "R", "act-in-delivery=accompany",
        "taken-over-at<=.at & local-official-present & accompanying-agreed" },
    { "A15(3)", "controlled-delivery-act emergency-seizure", "R", ".always", "!against-local-law" },
    { "A15(4)-1", "emergency-seizure", "R", ".always",
        "local-cannot-intervene & (risk-to-life | damage-to-property | control-lost)" },
    { "A15(4)-2", "controlled-delivery-act", "R",
        "act-in-delivery=stop-escorts | act-in-delivery=arrest-escorts",
        "local-cannot-intervene & (risk-to-life | damage-to-property | control-lost) & "
        "arrest-necessary" },
    { "A15(4)-3", "emergency-seizure controlled-delivery-act", "O", ".always",
        ".is-emergency-seizure | act-in-delivery=stop-escorts | act-in-delivery=arrest-escorts" },
    { "A15(5)", "seized-goods-handover", "R", ".always",
        "seized-on-territory & handover-requested & !medium=oral" },
    { "A15(6)", "detention-for-questioning", "R", "arrest-followed=controlled-delivery",
        "arrested-by-local" },
    { "A15(7)", "detention-for-questioning", "R",
        "arrest-followed=controlled-delivery & !national-of-territory & "
        "!(extradition-requested & !extradition-requested-at>=due:six-hours/arrested-at)",
        ".at<=due:six-hours/arrested-at" },
    { "A15(8)", "controlled-delivery-act", "R", ".always",
        "!against-instructions & authorisation-carried & capacity-provable & "
        "(!act-in-delivery=enter-premises | premises=open-to-public) & "
        "!act-in-delivery=challenge & !act-in-delivery=arrest-other & "
        "(!act-in-delivery=assist-investigation | assistance-requested & identity-protected)" },
    { "A15(9)", "controlled-delivery", "R", "third-state-leg", "third-state-assured" },

    { "A16(1)-1", "undercover-investigation", "R", ".always",
        "authorised & %undercover/undercover-allowed & "
        "(undercover-role=agent | undercover-role=controlled-purchase)" },
    { "A16(1)-2", "undercover-investigation preventive-undercover-investigation", "R", ".always",
        "no-other-means?" },
    { "A16(1)-3",
        "undercover-investigation preventive-undercover-investigation urgent-undercover-entry "
        "undercover-act",
        "F", ".always", "true-identity-recorded" },
    { "A16(2)-1", "undercover-investigation preventive-undercover-investigation undercover-act",
        "R", "!.is-undercover-act | authorised",
        "single-operation & operation-from<=operation-until & operation-until>=.requested-day" },
    { "A16(2)-2", "undercover-investigation preventive-undercover-investigation", "R", ".always",
        "prepared-by-requesting & prepared-by-requested" },
    { "A16(2)-3", "undercover-investigation preventive-undercover-investigation", "R", ".always",
        "directed-by=requested-party" },
    { "A16(2)-4",
        "undercover-investigation preventive-undercover-investigation urgent-undercover-entry "
        "undercover-act",
        "F", "stop-requested", "!.is-undercover-act | !act-undercover=withdraw" },
    { "A16(3)",
        "undercover-investigation preventive-undercover-investigation urgent-undercover-entry "
        "undercover-act",
        "R", ".always", "!against-local-law" },
    { "A16(4)", "undercover-investigation preventive-undercover-investigation", "O", ".always",
        "!support-in-place" },
    { "A16(5)-1", "urgent-undercover-entry", "R", ".always",
        "urgent & discovery-danger & %undercover/undercover-allowed & preconditions-met" },
    { "A16(5)-2", "undercover-act", "R", "!authorised",
        "act-undercover=withdraw | (act-undercover=keep-cover | act-undercover=secure-safety) & "
        "absolutely-necessary" },
    { "A16(5)-3", "urgent-undercover-entry", "O", ".always", "!crossing-notified" },
    { "A16(6)", "undercover-investigation preventive-undercover-investigation", "O", ".always",
        "reverse-deployment & !@undercover-costs" },
    { "A16(7)",
        "undercover-investigation preventive-undercover-investigation urgent-undercover-entry "
        "undercover-act",
        "R", ".always", "identity-protected" },
    { "A17(1)", "preventive-undercover-investigation urgent-undercover-entry", "R",
        ".is-preventive-undercover-investigation | purpose=prevention",
        "authorised & extraditable & "
        "%requesting:preventive-undercover/preventive-allowed-by-requesting & "
        "%preventive-undercover/preventive-allowed-by-requested" },
    { "A17(2)", "preventive-undercover-investigation", "R", ".always",
        "undercover-role=agent | undercover-role=controlled-purchase" },

    { "A18(1)-1", "evidence-request", "R", ".always",
        "imminent-danger & %requesting:evidence-by-police/evidence-power & measure-in-own-law" },
    { "A18(1)-2", "evidence-request", "R", ".always", "route=direct & competent" },
    { "A18(2)", "evidence-request", "O", ".always", "!decision-told" },
    { "A18(3)", "evidence-request", "O", ".always", "!made-by-judicial-authority" },
    { "A18(4)-1", "evidence-request", "O", ".always",
        "%evidence-court-order/court-order-required" },
    { "A18(5)-1", "evidence-results", "R", "!urgent", "letter-rogatory" },
    { "A18(5)-2", "evidence-results", "R", "urgent",
        "sent-by-judicial-authority | judicial-consent" },
    { "A19(1)", "body-search", "R", ".always", "%body-search/body-search-allowed" },
    { "A19(2)(a)", "body-search", "R", ".always", "confirms-facts & proportionate" },
    { "A19(2)(b)", "body-search", "R", ".always", "search-order | search-statement" },
};

} // namespace

constinit std::span<Condition const> const conditions_of_operations { conditions };

} // namespace comity::treaty::test
