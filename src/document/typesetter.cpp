#include "document/flow.h"

// fontconfig 2.14 loses some bytes of its own settings each time it reads them.
#if defined(__SANITIZE_ADDRESS__) || defined(__clang__)
// NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming): the sanitizer's name.
extern "C" char const* __lsan_default_suppressions();
extern "C" char const* __lsan_default_suppressions()
{
    return "leak:libfontconfig";
}
// NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming)
#endif

namespace comity::document {
namespace {

constexpr char const* body_font = "Liberation Sans, DejaVu Sans, sans-serif";
constexpr char const* code_font = "Liberation Mono, DejaVu Sans Mono, monospace";

/// Attributes of one stretch of bytes.
class Stretch {
public:
    Stretch(PangoAttrList* all, std::size_t begin, std::size_t end)
        : all_(all)
        , begin_(static_cast<unsigned>(begin))
        , end_(static_cast<unsigned>(end))
    {
    }

    void add(PangoAttribute* attribute) const
    {
        attribute->start_index = begin_;
        attribute->end_index = end_;
        pango_attr_list_insert(all_, attribute);
    }
    void colour(std::uint16_t red, std::uint16_t green, std::uint16_t blue) const
    {
        add(pango_attr_foreground_new(red, green, blue));
    }

private:
    PangoAttrList* all_;
    unsigned begin_, end_;
};

void apply(Stretch const& stretch, Run const& run)
{
    switch (run.style) {
    case Style::plain: break;
    case Style::strong: stretch.add(pango_attr_weight_new(PANGO_WEIGHT_BOLD)); break;
    case Style::faint: stretch.colour(0x5000, 0x5600, 0x5E00); break;
    case Style::code:
        stretch.add(pango_attr_family_new(code_font));
        stretch.add(pango_attr_scale_new(0.92));
        break;
    }
    if (run.link) stretch.colour(0x0B00, 0x4A00, 0x8F00);
}

struct FreeDescription {
    void operator()(PangoFontDescription* description) const
    {
        pango_font_description_free(description);
    }
};

struct UnrefAttributes {
    void operator()(PangoAttrList* all) const { pango_attr_list_unref(all); }
};

} // namespace

Typesetter::Typesetter(std::string const& language)
    : fonts_(pango_cairo_font_map_new())
    , context_(pango_font_map_create_context(fonts_.get()))
{
    pango_cairo_context_set_resolution(context_.get(), 72); // so that a unit is a point
    pango_context_set_language(context_.get(), pango_language_from_string(language.c_str()));
    // Nothing is fitted to the dots of a screen.
    auto* const options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context_.get(), options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(context_.get(), FALSE);
}

std::shared_ptr<SetText const> Typesetter::set(
    Text const& text, Face const& face, double width) const
{
    auto out = std::make_shared<SetText>();
    out->layout.reset(pango_layout_new(context_.get()));
    std::unique_ptr<PangoAttrList, UnrefAttributes> const attributes { pango_attr_list_new() };
    std::string all;
    for (auto const& run : text.runs) {
        auto const begin = all.size();
        all += clean(run.text);
        apply({ attributes.get(), begin, all.size() }, run);
        if (run.link)
            out->links.push_back(
                { static_cast<int>(begin), static_cast<int>(all.size()), *run.link });
    }
    if (face.faint) Stretch { attributes.get(), 0, all.size() }.colour(0x5000, 0x5600, 0x5E00);
    std::unique_ptr<PangoFontDescription, FreeDescription> const font {
        pango_font_description_new()
    };
    pango_font_description_set_family_static(font.get(), face.code ? code_font : body_font);
    pango_font_description_set_size(font.get(), pango_units_from_double(face.size));
    if (face.strong) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
    auto* const layout = out->layout.get();
    pango_layout_set_font_description(layout, font.get());
    pango_layout_set_width(layout, pango_units_from_double(width));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_attributes(layout, attributes.get());
    pango_layout_set_text(layout, all.data(), static_cast<int>(all.size()));
    if (pango_layout_get_unknown_glyphs_count(layout) > 0) out->missing = std::move(all);
    return out;
}

} // namespace comity::document
