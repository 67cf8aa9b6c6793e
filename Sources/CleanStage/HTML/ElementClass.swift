import CGumbo
import StageKit

/// What an element does to the layout of a page.
enum ElementClass {
    /// Elements whose content is never text of the page.
    static func isSilent(_ tag: GumboTag) -> Bool { silent.contains(tag.rawValue) }
    /// Elements that begin and end blocks.
    static func isBlock(_ tag: GumboTag) -> Bool { blocks.contains(tag.rawValue) }
    /// The kind that a block element gives to what stands in it; nil for one that leaves it as it is.
    static func kind(_ tag: GumboTag) -> Blocks.Kind? { kinds[tag.rawValue] }

    private static let silent: Set<UInt32> = Set(
        [
            GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE, GUMBO_TAG_NOSCRIPT, GUMBO_TAG_TEMPLATE, GUMBO_TAG_SVG, GUMBO_TAG_IFRAME,
            GUMBO_TAG_SELECT, GUMBO_TAG_TEXTAREA, GUMBO_TAG_OBJECT, GUMBO_TAG_AUDIO, GUMBO_TAG_VIDEO, GUMBO_TAG_CANVAS,
            GUMBO_TAG_HEAD, GUMBO_TAG_MATH, GUMBO_TAG_DATALIST, GUMBO_TAG_NOFRAMES, GUMBO_TAG_NOEMBED,
        ].map(\.rawValue))

    private static let blocks: Set<UInt32> = Set(
        [
            GUMBO_TAG_P, GUMBO_TAG_DIV, GUMBO_TAG_H1, GUMBO_TAG_H2, GUMBO_TAG_H3, GUMBO_TAG_H4, GUMBO_TAG_H5,
            GUMBO_TAG_H6, GUMBO_TAG_LI, GUMBO_TAG_TR, GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_PRE, GUMBO_TAG_FIGCAPTION,
            GUMBO_TAG_CAPTION, GUMBO_TAG_DT, GUMBO_TAG_DD, GUMBO_TAG_ARTICLE, GUMBO_TAG_SECTION, GUMBO_TAG_MAIN,
            GUMBO_TAG_HEADER, GUMBO_TAG_FOOTER, GUMBO_TAG_ASIDE, GUMBO_TAG_NAV, GUMBO_TAG_UL, GUMBO_TAG_OL,
            GUMBO_TAG_TABLE, GUMBO_TAG_TBODY, GUMBO_TAG_THEAD, GUMBO_TAG_TFOOT, GUMBO_TAG_FORM, GUMBO_TAG_FIELDSET,
            GUMBO_TAG_ADDRESS, GUMBO_TAG_CENTER, GUMBO_TAG_FIGURE, GUMBO_TAG_HR, GUMBO_TAG_DETAILS, GUMBO_TAG_SUMMARY,
            GUMBO_TAG_BODY, GUMBO_TAG_HTML, GUMBO_TAG_DL, GUMBO_TAG_BUTTON, GUMBO_TAG_LEGEND, GUMBO_TAG_HGROUP,
            GUMBO_TAG_TD, GUMBO_TAG_TH, GUMBO_TAG_MENU,
        ].map(\.rawValue))

    private static let kinds: [UInt32: Blocks.Kind] = [
        GUMBO_TAG_H1.rawValue: .heading, GUMBO_TAG_H2.rawValue: .heading, GUMBO_TAG_H3.rawValue: .heading,
        GUMBO_TAG_H4.rawValue: .heading, GUMBO_TAG_H5.rawValue: .heading, GUMBO_TAG_H6.rawValue: .heading,
        GUMBO_TAG_LI.rawValue: .list, GUMBO_TAG_DT.rawValue: .list, GUMBO_TAG_DD.rawValue: .list,
        GUMBO_TAG_BLOCKQUOTE.rawValue: .quote, GUMBO_TAG_PRE.rawValue: .code, GUMBO_TAG_FIGCAPTION.rawValue: .caption,
        GUMBO_TAG_CAPTION.rawValue: .caption, GUMBO_TAG_TR.rawValue: .table,
    ]
}
