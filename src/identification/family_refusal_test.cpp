#include "identification/trial_identification_test.h"

/// A family that another node sends is not believed to be well formed: what a sender of ours would
/// have been told is refused by the receiver too.
namespace comity::identification {
namespace {

using namespace trial;
using message::Type;

message::Profile relative(std::string reference)
{
    auto out = message_of(
        profile(std::move(reference), "15", dna::Category::relative), knowledge().table);
    out.consent = message::ProfileConsent { "BG-C-7", parse_date("2026-04-01").value(),
        parse_date("2027-04-17").value() };
    return out;
}

message::DnaRequest about_family()
{
    message::DnaRequest out { "2026-0417", "threat-to-public-security", "", "missing-person",
        "TEST edition 2", { relative("BG-R-1") }, {}, false, true };
    out.family = message::Pedigree { { { "mother", {}, {}, "BG-R-1" }, { "father" },
                                         { "missing", "father", "mother" } },
        "missing" };
    return out;
}

/// What Bucharest's receipt says to it: "taken", or the field that is wrong.
std::string answer_to(message::DnaRequest const& request)
{
    Laboratories two;
    auto const sealed = two.sofia.exchange
                            ->seal({ .type = Type::dna_request,
                                .to = "RO",
                                .case_reference = { request.case_number, {} },
                                .legal_basis = { "PCC SEE", { "A20(1)-1" }, law().version() },
                                .verdict = "permitted",
                                .purpose = request.purpose,
                                .retention = message::Retention { parse_date("2027-04-17").value(),
                                    "A31(4)(b)-1" },
                                .parts = { { "dna-request", message::schema_of(Type::dna_request),
                                    to_bytes(json::to_text(request)) } } })
                            .take();
    auto const id = two.sofia.store
                        ->write([&](Transaction& t) -> Result<std::string> {
                            return two.sofia.exchange->submit(t, sealed);
                        })
                        .value();
    two.carry();
    auto const stored
        = two.sofia.store->read([&](Transaction& t) { return exchange::message_by_id(t, id); })
              .value();
    if (stored.state != "rejected") return "taken";
    auto const receipt = json::read_text<message::Receipt>(
        crypto::enclosed_content(stored.receipt).value(), json::Unknown::keep);
    return receipt.value().reason.value().field;
}

} // namespace

TEST(FamilyRefusal, one_that_is_well_formed_is_taken)
{
    EXPECT_EQ(answer_to(about_family()), "taken");
}

TEST(FamilyRefusal, a_parent_who_is_nobody_or_stands_after_the_child_is_refused)
{
    auto request = about_family();
    request.family->members[2].father = "nobody";
    EXPECT_EQ(answer_to(request), "family.members[2].father");
    request = about_family();
    std::swap(request.family->members[1], request.family->members[2]);
    EXPECT_EQ(answer_to(request), "family.members[1].father");
    request = about_family();
    request.family->members[2].mother.reset();
    EXPECT_EQ(answer_to(request), "family.members[2]");
}

TEST(FamilyRefusal, profiles_and_members_that_do_not_belong_together_are_refused)
{
    auto request = about_family();
    request.family->members[0].profile_number = "BG-R-2";
    EXPECT_EQ(answer_to(request), "family.members[0].profileNumber");
    request = about_family();
    request.profiles.push_back(relative("BG-R-2"));
    EXPECT_EQ(answer_to(request), "profiles");
    request = about_family();
    request.family->missing_member = "nobody";
    EXPECT_EQ(answer_to(request), "family.missing");
    request = about_family();
    request.family->members[2].profile_number = "BG-R-1";
    request.family->members[0].profile_number.reset();
    EXPECT_NE(answer_to(request), "taken") << "the missing one is typed";
}

TEST(FamilyRefusal, relatives_for_another_ground_or_without_consent_are_refused)
{
    auto request = about_family();
    request.ground = "investigation-or-proceedings";
    EXPECT_EQ(answer_to(request), "ground");
    request = about_family();
    request.profiles[0].consent.reset();
    EXPECT_NE(answer_to(request), "taken");
    request = about_family();
    request.profiles[0].consent->valid_until = parse_date("2027-04-16").value();
    EXPECT_EQ(answer_to(request), "eraseBy");
}

} // namespace comity::identification
