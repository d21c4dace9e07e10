#include "identification/first_connection.h"
#include "identification/trial_identification_test.h"

#include <fmt/format.h>

/// What a node does not take from another one in a first connection, and which field it names.
namespace comity::identification {
namespace {

using namespace trial;
using message::Type;

Date const last_day = parse_date("2027-04-17").value();

struct Pair {
    Laboratories two;
    FirstConnection sofia { rooms_of(two.sofia), settings_of(two.sofia), clock_of(two.sofia),
        crypto::system_random() };
    FirstConnection bucharest { rooms_of(two.bucharest), settings_of(two.bucharest),
        clock_of(two.bucharest), crypto::system_random() };

    static Identification::Rooms rooms_of(Laboratory& at)
    {
        return { *at.store, *at.exchange, *at.casework, *at.vault, law(), *at.database, terms() };
    }
    static Settings settings_of(Laboratory const& at)
    {
        return { at.keys.of.state, at.keys.of.unit, true, true, true, 365 };
    }
    static Clock clock_of(Laboratory& at)
    {
        return [&at] { return at.now; };
    }
    /// What the receiver's receipt says: "taken", or the field that is wrong.
    template <class Body>
    std::string answer_to(
        Type type, Body const& body, message::CaseReference const& reference, bool back = false)
    {
        auto& from = back ? two.bucharest : two.sofia;
        auto const word = std::string { json::word(type) };
        exchange::Outgoing letter { .type = type,
            .to = back ? "BG" : "RO",
            .case_reference = reference,
            .legal_basis = { "PCC SEE", { "A20(1)-1" }, law().version() },
            .verdict = "permitted",
            .purpose = "investigation",
            .personal_data
            = message::message_type(type).personal_data != message::PersonalData::never,
            .retention = message::Retention { last_day, "A31(4)(b)-1" },
            .parts = { { word, message::schema_of(type), to_bytes(json::to_text(body)) } } };
        if (message::message_type(type).answers)
            letter.in_reply_to = message::InReplyTo { uuid_v7(from.now, crypto::system_random()),
                std::string(64, 'a') };
        auto const sealed = from.exchange->seal(letter).take();
        auto const id
            = from.store->write([&](Transaction& t) { return from.exchange->submit(t, sealed); })
                  .value();
        for (bool moved = true; moved;) {
            moved = carry_one(two.sofia, two.bucharest);
            moved |= carry_one(two.bucharest, two.sofia);
        }
        auto const stored
            = from.store->read([&](Transaction& t) { return exchange::message_by_id(t, id); })
                  .value();
        if (stored.state != "rejected") return "taken";
        return json::read_text<message::Receipt>(
            crypto::enclosed_content(stored.receipt).value(), json::Unknown::keep)
            .value()
            .reason.value()
            .field;
    }
    std::string propose(message::DnaRunProposal const& proposal)
    {
        return answer_to(Type::dna_run_proposal, proposal, { proposal.case_number, {} });
    }
    std::string portion(message::DnaRunPortion const& sent)
    {
        return answer_to(Type::dna_run_portion, sent, { sent.case_number, {} });
    }
    void agree()
    {
        ASSERT_TRUE(bucharest.answer("BG/R-1", true, {}, "officer").ok());
        for (bool moved = true; moved;) {
            moved = carry_one(two.sofia, two.bucharest);
            moved |= carry_one(two.bucharest, two.sofia);
        }
    }
};

message::DnaRunProposal proposal()
{
    return { "R-1", "investigation", "open stains TEST", "investigation-or-proceedings",
        "TEST edition 2", message::ProfileKind::stain, 2, 2,
        { { { "D3S1358", "vWA", "TH01", "FGA", "D8S1179", "D18S51" }, 2 } }, "PRUEM-2008 1", true };
}

message::DnaRunPortion portion(std::uint32_t number)
{
    return { "R-1", number,
        { message_of(stain(fmt::format("BG-S-{}", number), "15"), knowledge().table) } };
}

} // namespace

TEST(FirstConnectionRefusal, a_proposal_that_is_not_well_formed_opens_no_case)
{
    Pair pair;
    auto wrong = proposal();
    wrong.loci_typed[0].names[1] = "NO SUCH LOCUS";
    EXPECT_EQ(pair.propose(wrong), "lociTyped[0].names");
    wrong = proposal();
    wrong.kind = message::ProfileKind::person;
    EXPECT_EQ(pair.propose(wrong), "kind");
    EXPECT_EQ(pair.bucharest.find("BG/R-1", 0, "officer").error().kind, Error::Kind::not_found);
    EXPECT_EQ(pair.propose(proposal()), "taken");
    EXPECT_EQ(pair.propose(proposal()), "caseNumber") << "its number is in use";
}

TEST(FirstConnectionRefusal, no_portion_is_taken_of_a_run_that_nobody_knows_or_agreed_to)
{
    Pair pair;
    EXPECT_EQ(pair.portion(portion(1)), "caseReference");
    ASSERT_EQ(pair.propose(proposal()), "taken");
    EXPECT_EQ(pair.portion(portion(1)), "caseNumber");
    ASSERT_TRUE(pair.bucharest.answer("BG/R-1", false, "no TEST", "officer").ok());
    EXPECT_EQ(pair.portion(portion(1)), "caseNumber");
}

TEST(FirstConnectionRefusal, portions_come_in_their_order_each_once_and_none_beyond_the_last)
{
    Pair pair;
    ASSERT_EQ(pair.propose(proposal()), "taken");
    pair.agree();
    EXPECT_EQ(pair.portion(portion(2)), "portion");
    EXPECT_EQ(pair.portion(portion(1)), "taken");
    EXPECT_EQ(pair.portion(portion(1)), "portion");
    EXPECT_EQ(pair.portion(portion(2)), "taken");
    EXPECT_EQ(pair.portion(portion(3)), "portion");
}

TEST(FirstConnectionRefusal, a_portion_with_a_profile_that_may_not_be_exchanged_is_refused)
{
    Pair pair;
    ASSERT_EQ(pair.propose(proposal()), "taken");
    pair.agree();
    auto wrong = portion(1);
    wrong.profiles[0].kind = message::ProfileKind::person;
    EXPECT_EQ(pair.portion(wrong), "profiles[0].kind");
    wrong = portion(1);
    wrong.profiles[0].loci.resize(5);
    EXPECT_EQ(pair.portion(wrong), "profiles[0]");
    wrong = portion(1);
    wrong.profiles[0].loci[0].allele_1 = "many";
    EXPECT_EQ(pair.portion(wrong).substr(0, 16), "profiles[0].loci");
    EXPECT_EQ(pair.bucharest.find("BG/R-1", 0, "officer").value().it->run.portions_sent, 0);
}

TEST(FirstConnectionRefusal, an_answer_a_result_and_a_stop_of_no_run_are_refused)
{
    Pair pair;
    message::DnaRunAnswer const yes { "BG/R-1", true, {},
        message::DnaRunChance { 1, "0", "0", "0" } };
    message::CaseReference const reference { "BG/R-1", "R-1" };
    EXPECT_EQ(pair.answer_to(Type::dna_run_answer, yes, reference, true), "caseReference");
    message::DnaRunResult const result { "BG/R-1", 1, 1, 1, {}, 0 };
    EXPECT_EQ(pair.answer_to(Type::dna_run_result, result, reference, true), "caseReference");
    message::DnaRunStop const stop { "R-1", message::RunOrder::stop, "TEST" };
    EXPECT_EQ(pair.answer_to(Type::dna_run_stop, stop, { "R-1", {} }), "caseReference");
}

} // namespace comity::identification
